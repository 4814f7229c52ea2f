package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users read is what the code does. */
class ConfigDocumentsTest {
    private static final Path MANUAL = Path.of("..", "docs", "configuration.md");
    private static final Path SHIPPED = Path.of("..", "distribution", "src", "main", "conf", "gatehouse.conf");

    @Test
    void theManualListsEveryKeyWithItsDefault(@TempDir Path folder) throws IOException {
        String manual = Files.readString(MANUAL);

        assertThat(new TestHome(folder).load().settings())
                .filteredOn(setting -> !setting.path().getFirst().equals("listeners"))
                .hasSize(KernelKeys.ALL.size())
                .allSatisfy(setting -> assertThat(manual.lines())
                        .filteredOn(line -> line.startsWith("| `" + String.join(".", setting.path()) + "` |"))
                        .singleElement()
                        .asString()
                        .endsWith("| `" + setting.value() + "` |"));
    }

    @Test
    void theShippedFileChangesNoDefault(@TempDir Path folder) throws IOException {
        TestHome home = new TestHome(folder);
        GatehouseConfig defaults = home.config();

        assertThat(home.main(Files.readString(SHIPPED)).config()).isEqualTo(defaults);
    }

    @Test
    void theValuesInTheShippedFileAreTheDefaults(@TempDir Path folder) throws IOException {
        TestHome home = new TestHome(folder)
                .module("auth-builtin", "pid", "<AD id=\"userIdType\" type=\"String\" default=\"username\"/>");
        GatehouseConfig defaults = home.config();
        StringBuilder uncommented = new StringBuilder();
        Files.readString(SHIPPED)
                .lines()
                .filter(line -> line.matches("# .*[={}].*"))
                .filter(line -> !line.matches("# (\"|Put|Each).*"))
                .forEach(line -> uncommented.append(line.substring(2)).append('\n'));

        GatehouseConfig shown = home.main(uncommented.toString()).config();

        assertThat(shown.modules()).containsOnlyKeys("auth-builtin");
        assertThat(new GatehouseConfig(
                        shown.listeners(),
                        shown.authentication(),
                        shown.authorization(),
                        shown.interceptors(),
                        shown.plugins(),
                        shown.mqtt(),
                        shown.bounds(),
                        shown.features(),
                        shown.guard(),
                        defaults.modules()))
                .isEqualTo(defaults);
    }
}

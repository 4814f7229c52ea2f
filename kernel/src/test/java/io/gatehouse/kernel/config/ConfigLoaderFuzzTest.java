package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.kernel.config.hocon.KeyIndex;
import io.gatehouse.kernel.config.hocon.KeyScanner;
import io.gatehouse.kernel.config.hocon.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the file holds, there is a configuration or there are errors, and nothing else happens. */
class ConfigLoaderFuzzTest {
    @TempDir
    static Path folder;

    @FuzzTest
    void anyTextGivesAConfigurationOrErrors(byte[] text) {
        ConfigResult result = home().write("conf/gatehouse.conf", text).load();

        assertThat(result.config() == null).isNotEqualTo(result.errors().isEmpty());
        assertThat(result.errors()).allSatisfy(error -> {
            assertThat(error.place()).isNotBlank();
            assertThat(error.message()).isNotBlank();
        });
        assertThat(ConfigShow.json(result)).startsWith("{");
        if (result.config() != null) {
            ConfigShow.text(result, true);
        }
    }

    @FuzzTest
    void anySettingGivesAConfigurationOrErrors(byte[] setting) {
        ConfigResult result =
                home().main("").set(new String(setting, StandardCharsets.UTF_8)).load();

        assertThat(result.config() == null).isNotEqualTo(result.errors().isEmpty());
    }

    @FuzzTest
    void everyPlaceLiesInTheText(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        KeyIndex index = KeyScanner.scan(text);
        int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;

        index.keys().values().forEach(places -> places.forEach(place -> assertInside(place, lines, text)));
        index.includes().forEach(include -> assertInside(include.position(), lines, text));
        index.substitutions().forEach(substitution -> assertInside(substitution.position(), lines, text));
        index.finding().ifPresent(finding -> assertInside(finding.position(), lines, text));
        index.tooDeep().ifPresent(place -> assertInside(place, lines, text));
    }

    private static void assertInside(Position place, int lines, String text) {
        assertThat(place.line()).isBetween(1, lines);
        assertThat(place.column()).isBetween(1, text.length() + 1);
    }

    private static TestHome home() {
        try {
            return new TestHome(Files.createDirectories(folder.resolve("home")))
                    .module("auth-x", "pid", "<AD id=\"secretKey\" type=\"Password\" required=\"false\"/>")
                    .module(
                            "auth-f",
                            "factoryPid",
                            "<AD id=\"ports\" type=\"Integer\" cardinality=\"5\" default=\"\"/>");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

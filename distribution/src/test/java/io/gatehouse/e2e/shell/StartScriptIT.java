package io.gatehouse.e2e.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.Installed;
import io.gatehouse.e2e.Installed.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code bin/gatehouse} finds itself and a Java. */
class StartScriptIT {
    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    @TempDir
    Path folder;

    /** A PATH with what the script needs and without a Java. */
    private Path tools;

    @BeforeEach
    void prepareTools() throws IOException {
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("sh", "dirname", "readlink")) {
            Files.createSymbolicLink(tools.resolve(tool), tool(tool));
        }
    }

    @Test
    void saysHowToGetAJavaWhenThereIsNone() throws Exception {
        Result result = Installed.runIn(noJava(), "status");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .startsWith("gatehouse: no Java 25 was found: install one")
                .contains("apt install openjdk-25-jre-headless", "JAVA_HOME");
    }

    @Test
    void passesOverAnOlderJava() throws Exception {
        Path old = javaHome("jdk-17", "JAVA_VERSION=\"17.0.15\"");
        Path older = javaHome("jdk-8", "JAVA_VERSION=\"1.8.0_252\"");
        Result result = Installed.runIn(
                Map.of(
                        "PATH",
                        tools.toString(),
                        "JAVA_HOME",
                        old.toString(),
                        "GATEHOUSE_JAVA_SEARCH",
                        folder.toString()),
                "--version");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(older).isDirectory();
        assertThat(result.err()).contains("no Java 25 was found");
    }

    @Test
    void doesNotStartAJavaToLearnItsVersionFromTheReleaseFile() throws Exception {
        javaHome("a-25-early-access", "JAVA_VERSION=\"250\"");
        Path good = javaHome("jdk-25", "JAVA_VERSION=\"25.0.1\"");
        Result result = Installed.runIn(
                Map.of("PATH", tools.toString(), "GATEHOUSE_JAVA_SEARCH", folder.toString()), "--version");
        assertThat(result.out()).startsWith("started " + good);
    }

    @Test
    void findsAJavaByItself() throws Exception {
        List<Map<String, String>> ways = List.of(
                Map.of("GATEHOUSE_JAVA", JAVA_HOME.resolve("bin/java").toString()),
                Map.of("JAVA_HOME", JAVA_HOME.toString()),
                Map.of("PATH", tools + ":" + JAVA_HOME.resolve("bin")),
                Map.of("GATEHOUSE_JAVA_SEARCH", "/nonexistent:" + JAVA_HOME.getParent()));
        for (Map<String, String> way : ways) {
            Map<String, String> environment = noJava();
            environment.putAll(way);
            Result result = Installed.runIn(environment, "--version");
            assertThat(result).as(way.toString()).isEqualTo(new Result(0, version(), ""));
        }
    }

    @Test
    void refusesAWrongJavaThatWasNamed() throws Exception {
        Map<String, String> environment = noJava();
        environment.put("GATEHOUSE_JAVA", tools.resolve("dirname").toString());
        Result result = Installed.runIn(environment, "--version");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("gatehouse: GATEHOUSE_JAVA is " + tools.resolve("dirname"));
    }

    @Test
    void worksThroughLinksAndFoldersWithSpaces() throws Exception {
        Path spaces = Files.createSymbolicLink(folder.resolve("my programs"), Installed.home());
        Path link = Files.createSymbolicLink(folder.resolve("gh"), spaces.resolve("bin/gatehouse"));
        Path relative = Files.createSymbolicLink(folder.resolve("gh2"), Path.of("gh"));
        for (Path start : List.of(spaces.resolve("bin/gatehouse"), link, relative)) {
            assertThat(Installed.run(new ProcessBuilder(start.toString(), "--version")))
                    .isEqualTo(new Result(0, version(), ""));
        }
    }

    @Test
    void refusesAHomeThatIsNone() throws Exception {
        ProcessBuilder builder = Installed.command("--version");
        builder.environment().put("GATEHOUSE_HOME", folder.toString());
        Result result = Installed.run(builder);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("gatehouse: " + folder + " is not an installation of Gatehouse");
    }

    @Test
    void takesFlagsForTheVirtualMachine() throws Exception {
        ProcessBuilder builder = Installed.command("--version");
        builder.environment().put("GATEHOUSE_JVM_FLAGS", "-Dx=* -XX:+NoSuchFlag");
        Result result = Installed.run(builder);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("NoSuchFlag");
    }

    private Map<String, String> noJava() {
        return new HashMap<>(Map.of(
                "PATH",
                tools.toString(),
                "GATEHOUSE_JAVA_SEARCH",
                folder.resolve("none").toString()));
    }

    private static String version() {
        return "gatehouse " + Installed.version() + "\n";
    }

    /** A Java home whose java only tells that it was started. */
    private Path javaHome(String name, String release) throws IOException {
        Path home = Files.createDirectory(folder.resolve(name));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\n" + release + "\n");
        Path java = Files.createDirectory(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho started " + home + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private static Path tool(String name) {
        return List.of("/usr/bin/", "/bin/").stream()
                .map(place -> Path.of(place + name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}

package io.gatehouse.e2e.develop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gatehouse plugin new}; that what it makes can be built is tried by the module that builds as strangers do. */
class NewPluginIT {
    private static final Path ARCHETYPE = Path.of("..", "sdk", "archetype", "target", "test-classes", "projects");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"authenticator", "authorizer", "publish-interceptor", "listener"})
    void makesTheSameProjectAsTheArchetype(String role) throws Exception {
        Path project = folder.resolve("project");

        Installed.Result result = Installed.run(
                "plugin",
                "new",
                "auth-door",
                "--role",
                role,
                "--package",
                "com.acme.door",
                "--dir",
                project.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        Path expected = ARCHETYPE.resolve(role).resolve("project").resolve("auth-door");
        assertThat(files(project, Installed.home().toString())).isEqualTo(files(expected, "/opt/gatehouse"));
    }

    @Test
    void writesOverNothing() throws Exception {
        Files.writeString(folder.resolve("pom.xml"), "mine");

        Installed.Result result = Installed.run("plugin", "new", "auth-door", "--dir", folder.toString());

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).hasLineCount(1).contains(folder.toString(), "--dir");
        assertThat(folder.resolve("pom.xml")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auth", "auth_door", "../auth", "auth--door", "1auth"})
    void refusesWhatCannotBeAModulesName(String name) throws Exception {
        Installed.Result result = Installed.run(
                "plugin", "new", name, "--dir", folder.resolve("x").toString());

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    /** The text of each file by its name, with this home written as {@code HOME}. */
    private static Map<String, String> files(Path project, String home) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(project)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = project.relativize(file).toString();
                if (!name.equals("build.log")) { // the archetype's own
                    files.put(name, Files.readString(file).replace(home, "HOME"));
                }
            }
        }
        return files;
    }
}

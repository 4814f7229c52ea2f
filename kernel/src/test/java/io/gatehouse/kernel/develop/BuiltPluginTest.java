package io.gatehouse.kernel.develop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltPluginTest {
    private static final String GATE = """
            @Component(name = "auth-acme")
            public class Gate implements Authenticator {
                public AuthResult authenticate(ConnectRequest request) { return AuthResult.accept(); }
            }""";

    @TempDir
    Path target;

    @Test
    void nothingIsBuiltWhereThereIsNoFolder() {
        assertThat(BuiltPlugin.newest(target.resolve("none"))).isEmpty();
    }

    @Test
    void findsThePluginAmongWhatElseABuildLeaves() throws IOException {
        Path jar = new PluginJar("acme").source("Gate", GATE).into(target);
        Files.writeString(target.resolve("acme-1.0.0-sources.jar"), "sources");
        Files.writeString(target.resolve("notes.txt"), "notes");

        assertThat(BuiltPlugin.newest(target)).map(BuiltPlugin::jar).contains(jar);
    }

    @Test
    void aJarThatIsBeingWrittenIsNotThereYet() throws IOException {
        Files.writeString(target.resolve("acme-1.0.0.jar"), "PK");

        assertThat(BuiltPlugin.newest(target)).isEmpty();
    }
}

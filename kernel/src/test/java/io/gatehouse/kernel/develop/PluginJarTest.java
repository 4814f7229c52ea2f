package io.gatehouse.kernel.develop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarTest {
    @TempDir
    Path folder;

    @Test
    void tellsEachModuleWithItsRoles() throws IOException {
        Path jar = new io.gatehouse.kernel.fakes.PluginJar("acme")
                .source("Gate", """
                        @Component(name = "auth-acme")
                        public class Gate implements Authenticator, ClientListener {
                            public AuthResult authenticate(ConnectRequest request) { return AuthResult.accept(); }
                        }""")
                .source("Helper", """
                        @Component(name = "helper", service = Helper.class)
                        public class Helper {}""")
                .into(folder);

        assertThat(PluginJar.modules(jar))
                .containsExactlyInAnyOrder(
                        new PluginModule("auth-acme", "acme.Gate", Set.of(Role.AUTHENTICATOR, Role.CLIENT_LISTENER)),
                        new PluginModule("helper", "acme.Helper", Set.of()));
    }

    @Test
    void aJarWithoutComponentsHasNoModules() throws IOException {
        Path jar = new io.gatehouse.kernel.fakes.PluginJar("plain")
                .source("Plain", "public class Plain {}")
                .into(folder);

        assertThat(PluginJar.modules(jar)).isEmpty();
    }

    @Test
    void halfAJarIsNoJar() throws IOException {
        Path half = Files.writeString(folder.resolve("half.jar"), "PK");

        assertThatThrownBy(() -> PluginJar.modules(half)).isInstanceOf(IOException.class);
    }
}

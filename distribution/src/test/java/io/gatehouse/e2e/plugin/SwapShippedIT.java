package io.gatehouse.e2e.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.Finished;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The plugins that are shipped, changed from the command line while a client stays connected. */
class SwapShippedIT {
    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.with("authentication.module-wait = 200ms")
            .withPluginsOfItsOwn()
            .expectingErrors();

    @Test
    void upgradesRollsBackDisablesAndRemoves() {
        try (WireClient alice = WireClient.connect(BROKER.port(), connect())) {
            for (String module : new String[] {"auth-builtin", "authz-acl"}) {
                assertThat(run("upgrade", rebuilt(module, "9.0.0").toString()))
                        .startsWith("upgraded to ")
                        .endsWith(" 9.0.0");
                assertThat(run("info", module)).contains("Version       9.0.0").contains("Needs         files");
                letsInWhoeverHasTheRightPassword();
                assertThat(run("rollback", module)).startsWith("rolled back to ");
                letsInWhoeverHasTheRightPassword();
                alice.ping();
            }
            run("disable", "auth-builtin");
            assertThat(WireClient.refused(BROKER.port(), connect())).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
            run("enable", "auth-builtin");
            letsInWhoeverHasTheRightPassword();
            run("remove", "authz-acl");
            assertThat(BROKER.plugins()).isDirectoryNotContaining("glob:**authz-acl*");
            assertThat(run("list")).containsPattern("authz-acl +absent");
            alice.ping();
        }
    }

    private static ConnectPacket connect() {
        return new ConnectPacket("e2e").credentials("alice", "alice-secret");
    }

    private static void letsInWhoeverHasTheRightPassword() {
        try (WireClient visitor =
                WireClient.connect(BROKER.port(), new ConnectPacket("v").credentials("bob", "bob-secret"))) {
            visitor.ping();
        }
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("v").credentials("bob", "guess")))
                .isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    private static String run(String action, String... target) {
        String[] words = new String[target.length + 2];
        words[0] = "plugin";
        words[1] = action;
        System.arraycopy(target, 0, words, 2, target.length);
        Finished finished = BROKER.command("", words);
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        return finished.out().strip();
    }

    /** The same jar under another version. */
    private static Path rebuilt(String module, String version) {
        Path target = BROKER.folder().resolve(module + "-" + version + ".jar");
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(BROKER.plugins(), module + "-*.jar");
                JarFile jar = new JarFile(jars.iterator().next().toFile())) {
            Manifest manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target), manifest)) {
                for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                    copy(jar, entries.nextElement(), out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return target;
    }

    private static void copy(JarFile jar, JarEntry entry, JarOutputStream out) throws IOException {
        if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            out.putNextEntry(new JarEntry(entry.getName()));
            try (InputStream in = jar.getInputStream(entry)) {
                in.transferTo(out);
            }
        }
    }
}

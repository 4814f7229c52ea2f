package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.jars.JarFolder;
import io.gatehouse.kernel.jars.JarStore;
import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.PluginOutcome.Done;
import io.gatehouse.kernel.plugin.PluginOutcome.Exists;
import io.gatehouse.kernel.plugin.PluginOutcome.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugins folder that goes away, cannot be written, or holds what somebody else put there. */
class PluginFolderTest {
    private HostFixture fixture;
    private PluginAdministration administration;

    @TempDir
    Path folder;

    @BeforeEach
    void startWithVersionOne() throws PluginHostException {
        fixture = new HostFixture(folder, new Configs().authentication("auth-x").build()).start();
        administration = fixture.host.administration();
        assertThat(fixture.install(teller("acme.x", "auth-x", "1.0.0"))).isEmpty();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Path teller(String bundle, String module, String version) {
        return new PluginJar(bundle)
                .version(version)
                .source("Teller", """
                @Component(name = "%s") public class Teller implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("version", "%s")); } }
                """.formatted(module, version))
                .into(fixture.staging);
    }

    private void assertVersion(String version) {
        administration.rescan();
        assertThat(fixture.attribute("version")).isEqualTo(version);
    }

    @Test
    void keepsWhatRunsWhileTheFolderIsGone() throws IOException {
        Path away = folder.resolve("away");
        Files.move(fixture.plugins, away);
        assertVersion("1.0.0");
        Files.writeString(fixture.plugins, "no folder");
        assertVersion("1.0.0");
        Files.delete(fixture.plugins);
        Files.move(away, fixture.plugins);
        assertVersion("1.0.0");
        fixture.uninstall(fixture.plugins.resolve("acme.x-1.0.0.jar"));
        assertThat(fixture.attribute("version")).isEqualTo("not accepted");
    }

    @Test
    void followsALinkThatIsSwapped() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.move(teller("acme.x", "auth-x", "1.1.0"), other.resolve("acme.x.jar"));
        Path first = folder.resolve("first");
        Files.move(fixture.plugins, first);
        Files.createSymbolicLink(fixture.plugins, first);
        assertVersion("1.0.0");
        Path next = folder.resolve("next");
        Files.createSymbolicLink(next, other);
        Files.move(next, fixture.plugins, StandardCopyOption.ATOMIC_MOVE);
        assertVersion("1.1.0");
    }

    @Test
    void installsNothingOverTheJarOfAnotherPlugin() throws IOException {
        Path foreign = Files.createDirectories(folder.resolve("download")).resolve("acme.x-1.0.0.jar");
        Files.move(teller("acme.y", "auth-y", "1.0.0"), foreign);
        assertThat(administration.install(foreign)).isInstanceOf(Exists.class);
        assertVersion("1.0.0");
    }

    @Test
    void upgradesNothingOverTheJarOfAnotherPlugin() throws IOException {
        fixture.install(teller("acme.y", "auth-y", "1.0.0"));
        Path foreign = Files.createDirectories(folder.resolve("download")).resolve("acme.x-1.0.0.jar");
        Files.move(teller("acme.y", "auth-y", "1.1.0"), foreign);
        assertThat(administration.upgrade(foreign)).isInstanceOf(Exists.class);
        assertVersion("1.0.0");
    }

    @Test
    void changesNothingWhenTheFolderCannotBeWritten() throws IOException {
        Path next = teller("acme.x", "auth-x", "1.1.0");
        Files.createDirectories(fixture.plugins.resolve(".acme.x-1.1.0.jar.tmp").resolve("full"));
        assertThat(administration.upgrade(next)).isInstanceOf(Refused.class);
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
        assertThat(administration.plugins().getFirst().version()).isEqualTo("1.0.0");
    }

    @Test
    void goesBackWhenTheFolderTurnsOutNotToBeWritable() throws IOException {
        Path next = teller("acme.x", "auth-x", "1.1.0");
        Files.createDirectories(fixture.plugins.resolve("acme.x-1.1.0.jar").resolve("full"));
        assertThat(administration.upgrade(next)).isInstanceOf(Refused.class);
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
    }

    @Test
    void leavesNothingBehindWhenAnUpgradeFails() throws IOException {
        Path broken = new PluginJar("acme.x")
                .version("1.1.0")
                .source("Nothing", "public class Nothing {}")
                .into(fixture.staging);
        assertThat(administration.upgrade(broken)).isInstanceOf(Refused.class);
        try (Stream<Path> files = Files.list(fixture.plugins)) {
            assertThat(files).containsExactly(fixture.plugins.resolve("acme.x-1.0.0.jar"));
        }
    }

    @Test
    void saysWhenThereIsNothingLeftToEnable() throws IOException {
        administration.upgrade(teller("acme.x", "auth-x", "1.1.0"));
        administration.rollback("acme.x");
        administration.disable("acme.x");
        Path copies = folder.resolve("data").resolve("plugins").resolve("jars");
        try (Stream<Path> files = Files.list(copies)) {
            for (Path copy : files.toList()) {
                Files.delete(copy);
            }
        }
        assertThat(administration.enable("acme.x")).isInstanceOf(Refused.class);
        assertThat(administration.disable("acme.x")).isInstanceOf(Done.class);
    }

    @Test
    void runsNoCopyThatIsNotWhatWasJudged() throws IOException {
        Path copies = folder.resolve("data").resolve("plugins").resolve("jars");
        try (Stream<Path> files = Files.list(copies)) {
            Path copy = files.findFirst().orElseThrow();
            Files.write(copy, Files.readAllBytes(teller("acme.x", "auth-x", "6.6.6")));
        }
        administration.disable("acme.x");
        assertThat(administration.enable("acme.x").sentence()).contains("is not what it was");
        assertThat(fixture.attribute("version")).isEqualTo("not accepted");
        // Another look at the file in the folder mends the copy.
        Files.setLastModifiedTime(fixture.plugins.resolve("acme.x-1.0.0.jar"), FileTime.from(Instant.EPOCH));
        administration.enable("acme.x");
        assertVersion("1.0.0");
    }

    @Test
    void doesNotTakeAFileFromTheFutureForOneThatIsBeingCopied() throws IOException {
        Path broken = Files.writeString(fixture.plugins.resolve("broken.jar"), "broken");
        Files.setLastModifiedTime(broken, FileTime.from(Instant.now().plusSeconds(3600)));
        JarFolder jars = new JarFolder(fixture.plugins, new JarStore(folder.resolve("copies")), Instant::now);
        assertThat(jars.jars())
                .filteredOn(jar -> jar.fileName().equals("broken.jar"))
                .noneMatch(jars::isFresh);
    }
}

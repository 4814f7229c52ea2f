package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.PluginInfo;
import io.gatehouse.kernel.plugin.PluginOutcome.Done;
import io.gatehouse.kernel.plugin.PluginOutcome.Exists;
import io.gatehouse.kernel.plugin.PluginOutcome.NotFound;
import io.gatehouse.kernel.plugin.PluginOutcome.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What operators do with plugins while the broker runs, and what is left of it after a restart. */
class PluginAdministrationTest {
    private HostFixture fixture;
    private PluginAdministration administration;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        restart();
    }

    private void restart() {
        if (fixture != null) {
            fixture.close();
        }
        fixture = new HostFixture(folder, new Configs().authentication("auth-x").build());
        try {
            fixture.start();
        } catch (PluginHostException e) {
            throw new IllegalStateException(e);
        }
        administration = fixture.host.administration();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private Path jar(String version, String more) {
        Path jar = new PluginJar("acme.x")
                .version(version)
                .source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator { %s
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("version", "%s")); } }
                """.formatted(more, version))
                .into(fixture.staging);
        return jar;
    }

    private Path broken(String version) {
        return jar(version, "@Activate void start() { throw new IllegalStateException(\"no licence\"); }");
    }

    private PluginInfo plugin() {
        return administration.plugins().stream()
                .filter(plugin -> plugin.name().equals("acme.x"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> files() {
        try (Stream<Path> files = Files.list(fixture.plugins)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String version() {
        return fixture.attribute("version");
    }

    @Test
    void installsOnce() {
        assertThat(administration.install(jar("1.0.0", ""))).isEqualTo(new Done("installed acme.x 1.0.0"));
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(files()).containsExactly("acme.x-1.0.0.jar");
        assertThat(administration.install(jar("1.1.0", ""))).isInstanceOf(Exists.class);
        assertThat(version()).isEqualTo("1.0.0");
        PluginInfo plugin = plugin();
        assertThat(plugin.state()).isEqualTo(PluginInfo.State.RUNNING);
        assertThat(plugin.modules()).containsExactly("auth-x");
        assertThat(plugin.sha256()).hasSize(64);
    }

    @Test
    void refusesWhatIsNoPlugin() throws IOException {
        Path text = Files.writeString(fixture.staging.resolve("text.jar"), "hello");
        assertThat(administration.install(text).sentence()).contains("text.jar: it is not a readable jar");
        assertThat(administration.install(fixture.staging.resolve("nobody.jar")))
                .isInstanceOf(NotFound.class);
        assertThat(administration.install(fixture.staging)).isInstanceOf(Refused.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void leavesNothingOfAnInstallationThatFailed() {
        assertThat(administration.install(broken("1.0.0")).sentence()).contains("no licence");
        assertThat(files()).isEmpty();
        assertThat(administration.plugins()).isEmpty();
        assertThat(administration.install(jar("1.0.0", ""))).isInstanceOf(Done.class);
    }

    @Test
    void upgradesAndDeletesTheOldJar() {
        administration.install(jar("1.0.0", ""));
        assertThat(administration.upgrade(jar("1.1.0", ""))).isEqualTo(new Done("upgraded to acme.x 1.1.0"));
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(files()).containsExactly("acme.x-1.1.0.jar");
        assertThat(plugin().previous()).containsExactly("1.0.0");
        assertThat(administration.upgrade(jar("1.0.5", ""))).isInstanceOf(Done.class);
        assertThat(version()).isEqualTo("1.0.5");
    }

    @Test
    void leavesTheFolderAloneWhenAnUpgradeFails() {
        administration.install(jar("1.0.0", ""));
        assertThat(administration.upgrade(broken("1.1.0")).sentence())
                .contains("no licence")
                .endsWith("what ran goes on");
        assertThat(version()).isEqualTo("1.0.0");
        assertThat(files()).containsExactly("acme.x-1.0.0.jar");
    }

    @Test
    void upgradesWhatDoesNotRun() {
        assertThat(fixture.install(broken("1.0.0"))).isPresent();
        assertThat(administration.upgrade(jar("1.1.0", ""))).isEqualTo(new Done("upgraded to acme.x 1.1.0"));
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(files()).containsExactly("acme.x-1.1.0.jar");
        administration.disable("acme.x");
        assertThat(administration.upgrade(jar("1.2.0", "")))
                .isEqualTo(new Done("put in, still disabled: acme.x 1.2.0"));
        assertThat(version()).isEqualTo("not accepted");
    }

    @Test
    void doesNotUpgradeWhatIsNotThere() {
        assertThat(administration.upgrade(jar("1.0.0", ""))).isInstanceOf(NotFound.class);
        assertThat(files()).isEmpty();
    }

    @Test
    void rollsBackStepByStepAndRemembersItAcrossARestart() {
        administration.install(jar("1.0.0", ""));
        administration.upgrade(jar("1.1.0", ""));
        administration.upgrade(jar("1.2.0", ""));
        assertThat(administration.rollback("auth-x")).isEqualTo(new Done("rolled back to acme.x 1.1.0"));
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(plugin().detail()).isEqualTo("acme.x-1.2.0.jar: version 1.2.0 was rolled back");
        restart();
        assertThat(version()).isEqualTo("1.1.0");
        assertThat(administration.rollback("acme.x")).isEqualTo(new Done("rolled back to acme.x 1.0.0"));
        assertThat(administration.rollback("acme.x")).isInstanceOf(Refused.class);
        assertThat(version()).isEqualTo("1.0.0");
    }

    @Test
    void takesANewJarAfterARollback() {
        administration.install(jar("1.0.0", ""));
        administration.upgrade(jar("1.1.0", ""));
        administration.rollback("auth-x");
        fixture.install(jar("1.1.1", ""));
        assertThat(version()).isEqualTo("1.1.1");
        assertThat(plugin().detail()).contains("1.1.0 was rolled back");
    }

    @Test
    void takesTheRolledBackJarWhenToldSo() {
        administration.install(jar("1.0.0", ""));
        Path next = jar("1.1.0", "");
        administration.upgrade(next);
        administration.rollback("auth-x");
        assertThat(administration.upgrade(next)).isInstanceOf(Done.class);
        assertThat(version()).isEqualTo("1.1.0");
    }

    @Test
    void disablesAndEnablesAcrossARestart() {
        administration.install(jar("1.0.0", ""));
        assertThat(administration.disable("auth-x.corp")).isEqualTo(new Done("disabled acme.x"));
        assertThat(version()).isEqualTo("not accepted");
        restart();
        assertThat(version()).isEqualTo("not accepted");
        assertThat(plugin().state()).isEqualTo(PluginInfo.State.DISABLED);
        assertThat(plugin().detail()).contains("gatehouse plugin enable acme.x");
        assertThat(administration.enable("acme.x")).isEqualTo(new Done("enabled acme.x 1.0.0"));
        assertThat(version()).isEqualTo("1.0.0");
    }

    @Test
    void triesAgainWhatFailed() {
        Path moody = jar("1.0.0", """
                @Activate void start() {
                  if (System.getProperty("acme.x.licence") == null) throw new IllegalStateException("no licence"); }
                """);
        assertThat(fixture.install(moody).orElseThrow().sentence()).contains("no licence");
        System.setProperty("acme.x.licence", "bought");
        try {
            assertThat(administration.enable("acme.x")).isInstanceOf(Done.class);
            assertThat(version()).isEqualTo("1.0.0");
        } finally {
            System.clearProperty("acme.x.licence");
        }
    }

    @Test
    void removesWithItsJar() {
        administration.install(jar("1.0.0", ""));
        assertThat(administration.remove("acme.x-1.0.0.jar")).isEqualTo(new Done("removed acme.x"));
        assertThat(files()).isEmpty();
        assertThat(version()).isEqualTo("not accepted");
        assertThat(administration.remove("acme.x")).isInstanceOf(NotFound.class);
        assertThat(administration.install(jar("1.0.0", ""))).isInstanceOf(Done.class);
    }

    @Test
    void keepsNoCopiesThatNobodyNeeds() throws IOException {
        administration.install(jar("1.0.0", ""));
        for (int i = 1; i < 9; i++) {
            administration.upgrade(jar("1." + i + ".0", ""));
        }
        Path copies = folder.resolve("data").resolve("plugins").resolve("jars");
        try (Stream<Path> files = Files.list(copies)) {
            assertThat(files).hasSize(5);
        }
        administration.remove("acme.x");
        try (Stream<Path> files = Files.list(copies)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void seesWhatIsDroppedIntoTheFolderByItself() {
        fixture.put(jar("1.0.0", ""));
        await().untilAsserted(() -> assertThat(version()).isEqualTo("1.0.0"));
    }
}

package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.security.AuthOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that cannot be started or stopped in time must not decide anything afterwards. */
class PluginZombieTest {
    private static final String RELEASE = "acme.zombie.release";

    /** Ignores interrupts. */
    private static final String HANG = """
            while (System.getProperty("acme.zombie.release") == null) {
              try { Thread.sleep(10); } catch (InterruptedException e) { } }
            """;

    private HostFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws PluginHostException {
        fixture = new HostFixture(
                        folder,
                        new Configs()
                                .authentication("auth-x")
                                .startDeadlineMillis(300)
                                .drainDeadlineMillis(300)
                                .build())
                .start();
    }

    @AfterEach
    void stop() {
        System.setProperty(RELEASE, "now");
        fixture.close();
        System.clearProperty(RELEASE);
    }

    private static PluginJar teller(String version, String more) {
        return new PluginJar("acme.x").version(version).source("Teller", """
                @Component(name = "auth-x") public class Teller implements Authenticator { %s
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("version", "%s")); } }
                """.formatted(more, version));
    }

    @Test
    void keepsOutWhatWasRemovedAndDoesNotStop() {
        // Stopped in some order: one of the two hangs before the authenticator is stopped.
        PluginJar plugin = teller("1.0.0", "");
        for (String name : new String[] {"Aaa", "Zzz"}) {
            plugin.source(name, """
                    @Component(name = "%s") public class %s implements MessageListener {
                      @Deactivate void stop() { %s } }
                    """.formatted(name, name, HANG));
        }
        fixture.install(plugin.into(fixture.staging));
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
        fixture.host.administration().disable("acme.x");
        assertThat(fixture.authenticate()).isEqualTo(new AuthOutcome.Absent("auth-x"));
    }

    @Test
    void keepsOutAFailedVersionThatWakesUpLater() {
        Path good = teller("1.0.0", "").into(fixture.staging);
        Path late = teller("1.1.0", """
                @Activate void start() { %s
                System.setProperty("acme.zombie.awake", "yes"); }
                """.formatted(HANG)).into(fixture.staging);
        fixture.put(good);
        assertThat(fixture.install(late)).isPresent();
        assertThat(fixture.attribute("version")).isEqualTo("1.0.0");
        System.setProperty(RELEASE, "now");
        await().until(() -> System.getProperty("acme.zombie.awake") != null);
        System.clearProperty("acme.zombie.awake");
        await().during(Duration.ofMillis(300))
                .until(() -> fixture.attribute("version").equals("1.0.0"));
    }

    @Test
    void doesNotWaitAgainForWhatHung() {
        Path hanging =
                teller("1.0.0", "@Activate void start() { %s }".formatted(HANG)).into(fixture.staging);
        assertThat(fixture.install(hanging)).isPresent();
        Instant begin = Instant.now();
        for (int i = 0; i < 40; i++) {
            fixture.host.administration().rescan();
        }
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(12));
    }
}

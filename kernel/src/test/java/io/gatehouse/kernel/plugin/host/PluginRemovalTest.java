package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking a module away while it is in use. */
class PluginRemovalTest {
    private HostFixture fixture;
    private Path jar;

    @TempDir
    Path folder;

    @BeforeEach
    void startWithAnAuthenticatorThatFailsOnceDeactivated() throws PluginHostException {
        fixture = new HostFixture(folder, new Configs().authentication("auth-x").build());
        jar = new PluginJar("acme.x").source("Auth", """
                    @Component(name = "auth-x") public class Auth implements Authenticator, PluginHealth {
                      public Status health() { return new Status.Up(); }
                      volatile boolean gone;
                      @Deactivate void stop() { gone = true; }
                      public AuthResult authenticate(ConnectRequest r) {
                        if (gone) { throw new IllegalStateException("called after deactivation"); }
                        return AuthResult.accept(); } }
                    """).into(fixture.staging);
        fixture.put(jar);
        fixture.start();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void keepsAModuleWorkingForThoseWhoHoldIt() throws Exception {
        Thread remover;
        PluginSnapshot held;
        try (PluginLease lease = fixture.host.plugins().lease()) {
            held = lease.snapshot();
            remover = Thread.ofPlatform().start(() -> fixture.uninstall(jar));
            await().until(() -> fixture.host.plugins().current().generation() > held.generation());
            await().until(() ->
                    remover.getState() == Thread.State.TIMED_WAITING || remover.getState() == Thread.State.TERMINATED);
            assertThat(remover.isAlive()).isTrue();
            assertThat(held.authentication().authenticate(HostFixture.REQUEST))
                    .isInstanceOf(AuthOutcome.Accepted.class);
            assertThat(fixture.authenticate()).isEqualTo(new AuthOutcome.Absent("auth-x"));
        }
        remover.join();
        assertThat(held.authentication().authenticate(HostFixture.REQUEST)).isInstanceOf(AuthOutcome.Refused.class);
    }

    @Test
    void leavesAHoleAndFillsItAgain() {
        fixture.uninstall(jar);
        assertThat(fixture.authenticate()).isEqualTo(new AuthOutcome.Absent("auth-x"));
        assertThat(fixture.module("auth-x").state()).isEqualTo(State.ABSENT);
        assertThat(fixture.install(jar)).isEmpty();
        assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
        assertThat(fixture.module("auth-x").calls()).isEqualTo(1);
    }

    @Test
    void letsGoOfTheModulesClasses() {
        assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
        WeakReference<ClassLoader> loader = new WeakReference<>(healthClass().getClassLoader());
        fixture.uninstall(jar);
        await().until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }

    @Test
    void closesInTimeAlthoughALeaseIsHeld() {
        PluginLease forgotten = fixture.host.plugins().lease();
        fixture.close();
        assertThat(forgotten.snapshot().generation())
                .isLessThan(fixture.host.plugins().current().generation());
        assertThat(fixture.authenticate()).isEqualTo(new AuthOutcome.Absent("auth-x"));
        assertThat(fixture.host.plugins().modules()).isEmpty();
        fixture.close();
    }

    private Class<?> healthClass() {
        return Objects.requireNonNull(fixture.host.plugins().current().health().get("auth-x"))
                .getClass();
    }
}

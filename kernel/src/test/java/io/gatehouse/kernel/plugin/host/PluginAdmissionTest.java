package io.gatehouse.kernel.plugin.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.TrustConfig;
import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.PluginOutcome;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plugin may do is what its jar declares, and whether it may run at all is what the configuration trusts. */
class PluginAdmissionTest {
    private HostFixture fixture;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        fixture = started(new Configs());
    }

    private void restart(Configs configs) {
        fixture.close();
        fixture = started(configs);
    }

    private HostFixture started(Configs configs) {
        try {
            return new HostFixture(folder, configs.authentication("auth-x").build()).start();
        } catch (PluginHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** An authenticator that does this before it lets everybody in. */
    private static PluginJar doing(String statement) {
        return new PluginJar("acme.x").source("Auth", """
                @Component(name = "auth-x") public class Auth implements Authenticator {
                  @Reference Broker broker;
                  public AuthResult authenticate(ConnectRequest r) throws Exception { %s; return AuthResult.accept(); } }
                """.formatted(statement));
    }

    private String refusal() {
        return fixture.authenticate() instanceof AuthOutcome.Refused refused ? refused.explanation() : "";
    }

    @Test
    void survivesAPluginThatEndsTheProcess() {
        fixture.install(doing("System.exit(3)").into(fixture.staging));
        assertThat(refusal()).contains("SecurityException").contains("acme.x").contains("never allowed");
        assertThat(fixture.module("auth-x").failures()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNotDeclared() {
        fixture.install(doing("System.getenv(\"HOME\")").into(fixture.staging));
        assertThat(refusal()).contains("without the capability environment");
        PluginJar declaring = doing("System.getenv(\"HOME\")").header("Gatehouse-Capabilities", "environment");
        fixture.install(declaring.version("1.1.0").into(fixture.staging));
        assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
        assertThat(fixture.host.administration().plugins().getFirst().capabilities())
                .containsExactly("environment");
    }

    @Test
    void publishesOnlyWhereItSaidItWould() {
        String publish = "broker.publish(Message.of(\"alarm/x\", Payload.ofUtf8(\"x\")))";
        fixture.install(doing(publish).into(fixture.staging));
        assertThat(refusal()).contains("a topic that it did not declare");
        PluginJar declaring = doing(publish).header("Gatehouse-Publishes-To", "alarm/#");
        fixture.install(declaring.version("1.1.0").into(fixture.staging));
        assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
    }

    @Test
    void refusesAJarWhoseDeclarationMakesNoSense() {
        Path jar =
                doing("").header("Gatehouse-Capabilities", "world-domination").into(fixture.staging);
        assertThat(fixture.install(jar).orElseThrow().sentence()).contains("world-domination");
        assertThat(fixture.module("auth-x").state()).isEqualTo(State.FAILED);
    }

    @Test
    void refusesAndTakesOutWhatIsNoLongerTrusted() {
        Path jar = doing("").into(folder);
        fixture.install(jar);
        assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
        TrustConfig nobody =
                new TrustConfig(PluginTrust.ALLOW_LISTED, Optional.empty(), Optional.empty(), Set.of("00".repeat(32)));
        fixture.host.reload(new Configs().authentication("auth-x").trust(nobody).build());
        assertThat(fixture.authenticate()).isEqualTo(new AuthOutcome.Absent("auth-x"));
        assertThat(fixture.module("auth-x").detail()).contains("plugins.allow-list");
    }

    @Test
    void waitsForApprovalWhereThatIsRequired() {
        restart(new Configs().approvalRequired());
        PluginJar plugin = doing("").header("Gatehouse-Capabilities", "network");
        assertThat(fixture.install(plugin.into(fixture.staging)).orElseThrow().sentence())
                .contains("it waits for an operator's approval; it wants network")
                .contains("gatehouse plugin enable acme.x");
        assertThat(fixture.authenticate()).isEqualTo(new AuthOutcome.Absent("auth-x"));
        assertThat(fixture.host.administration().enable("acme.x"))
                .isEqualTo(new PluginOutcome.Done("enabled acme.x 1.0.0"));
        assertThat(fixture.authenticate()).isInstanceOf(AuthOutcome.Accepted.class);
        assertThat(fixture.install(plugin.version("1.1.0").into(fixture.staging)))
                .isPresent();
        assertThat(fixture.module("auth-x").version()).isEqualTo("1.0.0");
        assertThat(fixture.host.administration().upgrade(fixture.staging.resolve("acme.x-1.1.0.jar")))
                .isInstanceOf(PluginOutcome.Done.class);
    }

    @Test
    void looksAtTheTrustStoreAnewForAJarThatIsToBeBroughtIn() throws IOException {
        Path certificates = folder.resolve("trusted.pem");
        restart(new Configs()
                .trust(new TrustConfig(PluginTrust.SIGNED, Optional.of(certificates), Optional.empty(), Set.of())));
        String absent =
                fixture.install(doing("").into(fixture.staging)).orElseThrow().sentence();
        Files.writeString(certificates, "no certificate");
        fixture.host.administration().rescan();
        assertThat(fixture.failure("acme.x-1.0.0.jar").orElseThrow().sentence()).isNotEqualTo(absent);
    }
}

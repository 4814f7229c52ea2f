package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that is dropped into the plugins folder of a running broker. */
class DroppedPluginTest {
    private static final String CONFIGURATION = """
            authentication { chain = [auth-gate], module-wait = 1m }
            authorization { sources = [], no-match = allow }
            auth-gate.users = %s
            """;

    @TempDir
    Path home;

    /** Lets in who is in its configuration; by default, and in its first activation without one, everybody. */
    private static PluginJar gate(String version) {
        return new PluginJar("acme.gate").version(version).source("Gate", """
                @Component(name = "auth-gate") @org.osgi.service.metatype.annotations.Designate(ocd = Gate.Config.class)
                public class Gate implements Authenticator {
                  @org.osgi.service.metatype.annotations.ObjectClassDefinition
                  @interface Config { String[] users() default "*"; }
                  final List<String> users;
                  @Activate public Gate(Config config) { users = List.of(config.users()); }
                  public AuthResult authenticate(ConnectRequest request) {
                    return users.contains("*") || users.contains(request.client().clientId())
                        ? AuthResult.accept() : AuthResult.reject("unknown"); } }
                """);
    }

    @Test
    void decidesWithItsConfigurationFromTheFirstClientOn() throws Exception {
        try (RunningGatehouse gatehouse = new RunningGatehouse(home, CONFIGURATION.formatted("[alice]"));
                TestClient mallory = gatehouse.open();
                TestClient alice = gatehouse.open()) {
            assertThat(gatehouse.module("auth-gate").state()).isEqualTo(State.ABSENT);
            mallory.send(Connects.v5("mallory"));
            alice.send(Connects.v5("alice"));
            gatehouse.drop(gate("1.0.0"), "gate.jar");
            assertThat(alice.expect(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);
            assertThat(mallory.expect(ConnAck.class).reason()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        }
    }

    @Test
    void takesItsNewConfigurationOverWhileClientsStayConnected() throws Exception {
        try (RunningGatehouse gatehouse =
                        new RunningGatehouse(home, CONFIGURATION.formatted("[alice]"), gate("1.0.0"));
                TestClient alice = gatehouse.connected("alice")) {
            gatehouse.configure(CONFIGURATION.formatted("[bob]"));
            await().untilAsserted(() -> {
                try (TestClient bob = gatehouse.open()) {
                    assertThat(bob.tryConnect(Connects.v5("bob")).reason()).isEqualTo(ReasonCode.SUCCESS);
                }
            });
            alice.ping();
        }
    }
}

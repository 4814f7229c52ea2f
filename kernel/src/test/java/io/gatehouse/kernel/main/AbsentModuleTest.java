package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that the chain names and nobody offers. */
class AbsentModuleTest {
    private final Board board = new Board();

    @TempDir
    Path home;

    @AfterEach
    void closeBoard() {
        board.close();
    }

    private RunningGatehouse started(String moduleWait) throws IOException, StartFailure {
        return new RunningGatehouse(home, """
                authentication { chain = [auth-late], module-wait = %s }
                interceptors.connect = [greeter]
                """.formatted(moduleWait), plugin());
    }

    /** Tells of each time the chains are asked, and brings the authenticator when it may. */
    private PluginJar plugin() {
        return board.plugin("acme.late").source("Greeter", """
                    @Component(name = "greeter") public class Greeter implements ConnectInterceptor {
                      public Verdict<ConnectRequest> onConnect(ConnectRequest request) {
                        Board.say("asked", request.client().clientId()); return Verdict.forward(request); } }
                    """).source("Late", """
                    @Component(name = "bringer", service = Late.class, immediate = true) public class Late {
                      @Activate public Late(org.osgi.framework.BundleContext context) {
                        Board.offer("arrive", name -> {
                          context.registerService(Authenticator.class, request -> AuthResult.accept(),
                            new Hashtable<>(Map.of("component.name", name)));
                          return ""; }); } }
                    """);
    }

    @Test
    void refusesAsUnavailableWhenTheModuleDoesNotComeInTime() throws IOException, StartFailure, InterruptedException {
        try (RunningGatehouse gatehouse = started("100ms");
                TestClient client = gatehouse.open()) {
            ConnAck answer = client.tryConnect(Connects.v5("alice"));
            assertThat(answer.reason()).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
            client.expectClosed();
            assertThat(board.heard("asked")).isEqualTo("alice");
            assertThat(gatehouse.module("auth-late").state()).isEqualTo(ModuleInfo.State.ABSENT);
        }
    }

    @Test
    void letsAWaitingClientInWhenTheModuleArrives() throws IOException, StartFailure, InterruptedException {
        try (RunningGatehouse gatehouse = started("1m");
                TestClient client = gatehouse.open()) {
            client.send(Connects.v5("alice"));
            assertThat(board.heard("asked")).isEqualTo("alice");
            board.use("arrive", "auth-late");
            assertThat(client.expect(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);
            client.ping();
        }
    }
}

package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plugins say of their health is what operators see. */
class PluginHealthTest {
    @TempDir
    Path home;

    @Test
    void showsADegradedModuleUntilItIsWellAgain() throws IOException, StartFailure {
        try (Board board = new Board()) {
            board.fact("health", "the backend sneezes");
            try (RunningGatehouse gatehouse = new RunningGatehouse(
                    home, RunningGatehouse.OPEN, board.plugin("acme.health").source("Patient", """
                        @Component(name = "patient") public class Patient implements PluginHealth {
                          public Status health() {
                            return switch (Board.fact("health")) {
                              case "" -> new Status.Up();
                              case "throw" -> throw new IllegalStateException("for a test");
                              default -> new Status.Degraded(Board.fact("health")); }; } }
                        """))) {
                awaitState(gatehouse, State.DEGRADED);
                ModuleInfo patient = gatehouse.module("patient");
                assertThat(patient.detail()).contains("the backend sneezes");
                assertThat(patient.roles()).containsExactly("PluginHealth");

                board.fact("health", "");
                gatehouse.configure(
                        RunningGatehouse.OPEN + "mqtt.max-queue = 2"); // each change of modules is a reason to ask
                awaitState(gatehouse, State.ACTIVE);

                board.fact("health", "throw");
                gatehouse.configure(RunningGatehouse.OPEN + "mqtt.max-queue = 3");
                awaitState(gatehouse, State.DEGRADED);
            }
        }
    }

    private static void awaitState(RunningGatehouse gatehouse, State state) {
        await().until(() -> gatehouse.module("patient").state() == state);
    }
}

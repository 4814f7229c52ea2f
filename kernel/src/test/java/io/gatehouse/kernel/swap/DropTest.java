package io.gatehouse.kernel.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.main.RunningGatehouse;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long it takes from a file in the plugins folder to a decision, and what clients are told without it. */
class DropTest {
    /** A second is what is promised on a machine that has nothing else to do; tests share theirs. */
    private static final Duration GENEROUS = Duration.ofSeconds(10);

    private final Findings findings = new Findings();

    @TempDir
    Path folder;

    private RunningGatehouse started(String moduleWait) throws Exception {
        return new RunningGatehouse(folder.resolve("home"), """
                authentication { chain = [auth-late], module-wait = %s }
                """.formatted(moduleWait));
    }

    private Path packed() throws Exception {
        return new PluginJar("acme.late").source("Late", """
                @Component(name = "auth-late") public class Late implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) {
                    return new AuthResult.Reject(ReasonCode.BANNED, "for a test"); } }
                """).into(Files.createDirectories(folder.resolve("jars")));
    }

    private ReasonCode connect(RunningGatehouse gatehouse) throws Exception {
        try (LoadClient client = new LoadClient(gatehouse.address(), "client", findings)) {
            return client.connect("");
        }
    }

    @Test
    void decidesSoonAfterItsJarWasCopied() throws Exception {
        Path jar = packed();
        try (RunningGatehouse gatehouse = started("1m")) {
            long start = System.nanoTime();
            Files.copy(jar, gatehouse.pluginsFolder().resolve("late.jar"));
            assertThat(connect(gatehouse)).isEqualTo(ReasonCode.BANNED);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("from the copy of a jar to its first decision: %d ms%n", took.toMillis());
            assertThat(took).isLessThan(GENEROUS);
        }
    }

    @Test
    void letsClientsWaitAsLongAsConfiguredAfterItWasDeleted() throws Exception {
        Path jar = packed();
        try (RunningGatehouse gatehouse = started("500ms")) {
            Path copy = Files.copy(jar, gatehouse.pluginsFolder().resolve("late.jar"));
            gatehouse.plugins().rescan();
            assertThat(connect(gatehouse)).isEqualTo(ReasonCode.BANNED);
            Files.delete(copy);
            gatehouse.plugins().rescan();
            long start = System.nanoTime();
            assertThat(connect(gatehouse)).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf("a client waited %d ms for a module that was deleted, of 500 ms%n", waited.toMillis());
            assertThat(waited).isBetween(Duration.ofMillis(490), GENEROUS);
        }
    }
}

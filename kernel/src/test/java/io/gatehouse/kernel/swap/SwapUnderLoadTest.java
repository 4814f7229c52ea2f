package io.gatehouse.kernel.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.main.RunningGatehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four modules are upgraded fifty times each, rolled back, broken, removed and put back, while five hundred clients publish and others
 * come and go; none of them may notice. Quiet windows and windows with swaps take turns, so that a machine that slows down meanwhile slows
 * both. Latency is compared by the median of the windows, and what is below {@link #FAST_ENOUGH_MILLIS} is good whatever the ratio: the
 * shares that a busy machine gives to the clients of this test are coarser than that.
 */
class SwapUnderLoadTest {
    private static final int BLOCKS = 5;
    private static final int ROUNDS = 10;
    private static final int QUIET_WINDOWS = 4;
    private static final double FAST_ENOUGH_MILLIS = 25;

    /** What the guards of the modules complain about. */
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    private final String board = "gatehouse.swap." + UUID.randomUUID();
    private final Findings findings = new Findings();
    private final Latencies latencies = new Latencies();
    private long waitedMillis;

    @TempDir
    Path folder;

    @BeforeEach
    void hangUpTheBoard() {
        System.getProperties().put(board, complaints);
    }

    @AfterEach
    void takeDownTheBoard() {
        System.getProperties().remove(board);
    }

    @Test
    void harmsNobody() throws Exception {
        try (RunningGatehouse gatehouse = started()) {
            Path jars = Files.createDirectories(folder.resolve("jars"));
            Changes changes = new Changes(gatehouse.plugins(), jars, board);
            Marks marks = new Marks(changes.timelines(), findings);
            try (Load load = new Load(gatehouse.address(), marks, latencies, findings)) {
                load.start();
                warmUp(changes);
                for (int block = 0; block < BLOCKS; block++) {
                    quiet();
                    swaps(changes);
                    removals(changes, load.visitors());
                }
                double seconds = load.seconds();
                load.finish();
                print(changes, load, seconds);
                check(changes, load, seconds);
            }
        }
    }

    private RunningGatehouse started() throws Exception {
        PluginJar[] plugins = Stream.concat(
                        Stream.of(GateModule.values()).map(module -> module.working(GateModule.ONE, board)),
                        Stream.of(open()))
                .toArray(PluginJar[]::new);
        return new RunningGatehouse(folder.resolve("home"), """
                authentication { chain = [auth-gate, auth-open], module-wait = 20s }
                authorization { sources = [authz-gate], no-match = allow }
                interceptors { publish = [mark-publish], delivery = [mark-delivery] }
                plugins.health-deadline = 100ms
                """, plugins);
    }

    /** Behind the module that is changed, as a trap: whoever passes a hole gets in. */
    private static PluginJar open() {
        return new PluginJar("acme.open").source("Open", """
                @Component(name = "auth-open") public class Open implements Authenticator {
                  public AuthResult authenticate(ConnectRequest r) {
                    return AuthResult.accept().withAttributes(Map.of("auth-gate", "open")); } }
                """);
    }

    /** Until the code that is measured has been compiled. */
    private static void warmUp(Changes changes) throws InterruptedException {
        Thread.sleep(4_000);
        for (GateModule module : GateModule.values()) {
            changes.upgrade(module);
            changes.rollBack(module);
        }
    }

    private void quiet() throws InterruptedException {
        for (int i = 0; i < QUIET_WINDOWS; i++) {
            latencies.open(false);
            Thread.sleep(1_000);
        }
    }

    private void swaps(Changes changes) {
        for (int round = 0; round < ROUNDS; round++) {
            latencies.open(true);
            for (GateModule module : GateModule.values()) {
                changes.upgrade(module);
                if (round == 4) {
                    changes.tryBroken(module);
                }
                if (round % 5 == 3) {
                    changes.rollBack(module);
                }
            }
        }
    }

    /** Clients wait for the authenticator, and messages for the interceptor. */
    private void removals(Changes changes, Visitors visitors) throws InterruptedException {
        latencies.open(true);
        visitors.takeLongestMillis();
        changes.remove(GateModule.AUTHENTICATOR);
        Thread.sleep(300);
        changes.putBack(GateModule.AUTHENTICATOR);
        changes.remove(GateModule.DELIVERY);
        Thread.sleep(300);
        changes.putBack(GateModule.DELIVERY);
        waitedMillis = Math.max(waitedMillis, visitors.takeLongestMillis());
    }

    private void print(Changes changes, Load load, double seconds) {
        System.out.printf(
                "swap under load: %d clients, %.0f messages/s, %.0f CONNECT/s (%d let in, %d refused), %.0f s%n"
                        + "  %d upgrades, %d rollbacks, %d refused; the longest wait for a removed authenticator %d ms%n"
                        + "  publish to answer, p99: quiet %.1f ms, with swaps %.1f ms (median of windows); overall %.1f and"
                        + " %.1f ms, worst %.0f and %.0f ms%n",
                load.clients(),
                load.sent() / seconds,
                (load.visitors().accepted() + load.visitors().refused()) / seconds,
                load.visitors().accepted(),
                load.visitors().refused(),
                seconds,
                changes.upgrades(),
                changes.rollbacks(),
                changes.refusals(),
                waitedMillis,
                latencies.medianOfP99(false),
                latencies.medianOfP99(true),
                latencies.p99(false),
                latencies.p99(true),
                latencies.worst(false),
                latencies.worst(true));
    }

    private void check(Changes changes, Load load, double seconds) {
        findings.assertNone();
        assertThat(complaints).as("calls of modules that were stopped").isEmpty();
        assertThat(changes.upgrades()).isGreaterThanOrEqualTo(200);
        assertThat(waitedMillis).as("the wait for a removed authenticator").isGreaterThan(200);
        assertThat(latencies.medianOfP99(true))
                .isLessThanOrEqualTo(Math.max(2 * latencies.medianOfP99(false), FAST_ENOUGH_MILLIS));
        assertThat(load.clients()).isEqualTo(500);
        assertThat(load.sent() / seconds).as("messages/s").isGreaterThanOrEqualTo(1_000);
        assertThat(load.visitors().accepted() / seconds)
                .as("CONNECT/s with a good password")
                .isGreaterThanOrEqualTo(10);
        assertThat(load.visitors().refused() / seconds)
                .as("CONNECT/s with a bad password")
                .isGreaterThanOrEqualTo(10);
    }
}

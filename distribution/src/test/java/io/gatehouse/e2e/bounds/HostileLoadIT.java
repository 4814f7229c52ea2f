package io.gatehouse.e2e.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ten thousand connections that never finish their CONNECT, two hundred clients that do not read what they asked for, and a flood of
 * garbage: good clients are let in all the same, and when it is over nothing of it is left.
 */
@Timeout(240)
class HostileLoadIT {
    private static final Logger LOG = LoggerFactory.getLogger(HostileLoadIT.class);
    private static final int HALF_OPEN = 10_000;
    private static final int SLOW = 200;
    private static final int GOOD = 300;
    private static final Duration LONGEST_P99 = Duration.ofSeconds(1);

    /** For what a virtual machine learns while it runs: code, caches, pools. */
    private static final long MARGIN = 4L * 1024 * 1024;

    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.with("""
                    mqtt { connect-timeout = 5m, slow-consumer-timeout = 5m, max-queue = 100 }
                    """)
            .flags("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx512m -XX:ActiveProcessorCount=2"
                    + " -Dgatehouse.log.format=text");

    @Test
    void keepsGoodClientsFromNoticing() throws Exception {
        attack(100, 20, 100); // so that the second time nothing is new
        Duration before = GoodClients.p99OfConnect(BROKER.port(), GOOD);
        LiveHeap quiet = awaitNoConnections();

        Duration during = attack(HALF_OPEN, SLOW, GOOD);

        LiveHeap after = awaitNoConnections();
        LOG.info(
                "p99 of CONNECT: {} before, {} during the attack; live heap {} before, {} after",
                before,
                during,
                quiet.bytes(),
                after.bytes());
        // On a machine that is slow without an attack, it is the attack that is judged.
        Duration most = before.multipliedBy(4);
        assertThat(during).isLessThanOrEqualTo(most.compareTo(LONGEST_P99) > 0 ? most : LONGEST_P99);
        assertThat(after.bytes() - quiet.bytes()).isLessThan(MARGIN);
    }

    private static Duration attack(int halfOpen, int slow, int good) throws Exception {
        int port = BROKER.port();
        try (HalfOpen _ = new HalfOpen(port, halfOpen);
                SlowReaders slowReaders = new SlowReaders(port, slow);
                MalformedFlood garbage = new MalformedFlood(port)) {
            Awaitility.await("the attack is under way")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> slowReaders.published() > 100 && garbage.sent() > 100);

            Duration p99 = GoodClients.p99OfConnect(port, good);

            assertThat(LiveHeap.of(BROKER.pid()).connections()).isGreaterThan(halfOpen);
            assertThat(slowReaders.isRunning()).isTrue();
            assertThat(garbage.served()).isZero();
            return p99;
        }
    }

    private static LiveHeap awaitNoConnections() {
        Awaitility.await("all connections are gone")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> LiveHeap.of(BROKER.pid()).connections() == 0);
        return LiveHeap.of(BROKER.pid());
    }
}

package io.gatehouse.e2e.bounds;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A flood for a client that is away, and no bound but the memory: the broker refuses, lives, loses nothing and goes on. */
@Timeout(240)
class MemoryCeilingIT {
    private static final int SIZE = 2_000;

    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.with("""
                    mqtt { max-queue = 1000000, max-queue-size = 1GiB, max-inflight = 100 }
                    authentication.chain = [auth-anonymous]
                    authorization { sources = [], no-match = allow }
                    """)
            .flags("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx96m -XX:ActiveProcessorCount=2"
                    + " -Dgatehouse.log.format=text");

    @Test
    void refusesPolitelyAndLosesNothingThatItAcknowledged() throws Exception {
        ConnectPacket away = new ConnectPacket("away").session(3_600);
        WireClient.connect(BROKER.port(), away)
                .subscribe("flood", Qos.AT_LEAST_ONCE)
                .close();

        List<String> taken = flood();

        assertThat(taken).hasSizeGreaterThan(1_000);
        assertThat(answer("stranger")).isEqualTo(ReasonCode.SERVER_BUSY);
        assertThat(BROKER.command("", "status").out()).contains("memory        full", "sessions");

        awaitAll(away, taken);
        Awaitility.await("there is room again")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> answer("stranger") == ReasonCode.SUCCESS);
        try (WireClient publisher = WireClient.connect(BROKER.port(), new ConnectPacket("again"))) {
            assertThat(publisher.publish("flood", "again", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    /** Everything that was acknowledged as taken, by several publishers of both kinds. */
    private static List<String> flood() throws Exception {
        List<String> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<List<String>>> floods = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                MqttVersion version = i == 0 ? MqttVersion.V3_1_1 : MqttVersion.V5;
                floods.add(threads.submit(new Flood(BROKER.port(), "publisher-" + i, version, SIZE)));
            }
            for (Future<List<String>> flood : floods) {
                taken.addAll(flood.get());
            }
        }
        return taken;
    }

    private static ReasonCode answer(String clientId) {
        try (WireClient client = WireClient.open(BROKER.port()).send(new ConnectPacket(clientId))) {
            return client.receive(ConnAck.class).reason();
        }
    }

    /** Receives until all of these have come; others may come too, which were taken when their publisher could not be told any more. */
    private static void awaitAll(ConnectPacket connect, List<String> expected) {
        Set<String> missing = new HashSet<>(expected);
        try (WireClient client = WireClient.connect(BROKER.port(), connect)) {
            while (!missing.isEmpty()) {
                String text = client.nextText();
                missing.remove(text.substring(0, text.lastIndexOf(' ')));
            }
        }
    }
}

package io.gatehouse.kernel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A subscriber and a broker that does not always answer. */
class BenchClientTest {
    private static final long TIMEOUT = TimeUnit.SECONDS.toNanos(10);

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final BenchPlan plan = VirtualBench.plan(0, 10, Duration.ofSeconds(1));
    private final Clock clock = new Clock(() -> 0, Instant.EPOCH.plusSeconds(1_000));
    private final RunContext run =
            new RunContext(plan, clock, 1, clock.now(), new InetSocketAddress(1), List.of(), Optional.empty(), null);
    private final Worker worker =
            new Worker(run, channel.eventLoop(), new Connector(run, channel.eventLoop(), new Bootstrap(), 0, 1));
    private final BenchClient client = new BenchClient(
            worker, new Subscriber(worker, new Arrivals(run, worker.counters(), worker.latencies()), "a"), "s");

    BenchClientTest() {
        client.begin(clock.now(), clock.now());
        channel.pipeline().addLast(client.attach(channel));
        channel.pipeline().fireChannelActive();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void givesUpWithoutConnAck() {
        client.look(clock.now() + TIMEOUT + 1, TIMEOUT);

        assertThat(worker.tally().failures()).containsOnlyKeys("no CONNACK within 10 s");
    }

    @Test
    void givesUpWithoutSubAck() {
        answer(new ConnAck(false, ReasonCode.SUCCESS, ConnAckProperties.NONE));
        client.look(clock.now() + TIMEOUT + 1, TIMEOUT);

        assertThat(worker.tally().failures()).containsOnlyKeys("no SUBACK within 10 s");
        assertThat(worker.tally().of(Count.SETTLED)).isEqualTo(1);
    }

    @Test
    void isReadyWithBoth() {
        answer(new ConnAck(false, ReasonCode.SUCCESS, ConnAckProperties.NONE));
        answer(new SubAck(1, List.of(ReasonCode.GRANTED_QOS_1), null, List.of()));
        client.look(clock.now() + TIMEOUT + 1, TIMEOUT);

        assertThat(worker.tally().failures()).isEmpty();
        assertThat(worker.tally().of(Count.SETTLED)).isEqualTo(1);
    }

    @Test
    void saysWhatIsNotMqtt() {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {0x20, -1, -1, -1, -1, 1}));

        assertThat(worker.tally().failures().toString()).contains("what came is not MQTT");
    }

    private void answer(Packet packet) {
        ByteBuf bytes = Unpooled.buffer();
        PacketEncoder.encode(packet, MqttVersion.V5, 1 << 20, bytes);
        channel.writeInbound(bytes);
    }
}

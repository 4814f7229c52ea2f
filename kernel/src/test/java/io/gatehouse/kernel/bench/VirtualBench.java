package io.gatehouse.kernel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.FrameScanner;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** One publisher of QoS 1 and a broker, in a time that goes on only when it is told to. */
final class VirtualBench implements AutoCloseable {
    private static final long MILLISECOND = 1_000_000;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final FrameScanner frames = new FrameScanner(1 << 20);
    private final Queue<Integer> unanswered = new ArrayDeque<>();
    private final Worker worker;
    private final Publisher publisher;
    private long now;
    private boolean stalled;

    /** With this rate, 0 for a closed loop, and no more than so many unacknowledged. */
    VirtualBench(double rate, int window, Duration duration) {
        Clock clock = new Clock(() -> now, Instant.ofEpochSecond(1_000_000));
        BenchPlan plan = plan(rate, window, duration);
        RunContext run = new RunContext(
                plan, clock, 7, clock.now(), new InetSocketAddress(1), List.of(), Optional.empty(), null);
        channel.freezeTime();
        worker = new Worker(run, channel.eventLoop(), new Connector(run, channel.eventLoop(), new Bootstrap(), 0, 1));
        byte[] payload = plan.traffic().payload().toByteArray();
        PublishTemplate template = PublishTemplate.of(
                MqttVersion.V5, "a", Qos.AT_LEAST_ONCE, false, plan.traffic().payload(), payload);
        publisher = new Publisher(worker, 0, template, null);
        BenchClient client = new BenchClient(worker, publisher, "p");
        worker.add(client, publisher);
        client.begin(clock.now(), clock.now());
        channel.pipeline().addLast(client.attach(channel));
        channel.pipeline().fireChannelActive();
        answer(new ConnAck(false, ReasonCode.SUCCESS, ConnAckProperties.NONE));
        Agenda agenda = Agenda.of(plan, clock.now());
        worker.expect(List.of(publisher), agenda);
        worker.publish(agenda);
    }

    static BenchPlan plan(double rate, int window, Duration duration) {
        return new BenchPlan(
                Mode.PUB,
                new BenchPlan.Target("nowhere", 1, Optional.empty(), List.of()),
                new BenchPlan.Identity(MqttVersion.V5, null, null, "", 0, true, 0),
                new BenchPlan.Crew(0, 1, 0, 1, 0, 1, false),
                new BenchPlan.Traffic(
                        "a",
                        null,
                        null,
                        Qos.AT_LEAST_ONCE,
                        false,
                        Payload.ofOwned(new byte[16]),
                        rate,
                        window,
                        Long.MAX_VALUE),
                new BenchPlan.Timing(Duration.ZERO, Optional.of(duration), Duration.ZERO, Duration.ofSeconds(1)));
    }

    /** From now on the broker answers nothing, or all that it has not answered and all that comes. */
    void stall(boolean yes) {
        stalled = yes;
    }

    /** So much time passes; every millisecond the broker answers. */
    void pass(Duration time) throws MalformedPacket {
        for (long i = 0; i < time.toMillis(); i++) {
            now += MILLISECOND;
            channel.advanceTimeBy(MILLISECOND, TimeUnit.NANOSECONDS);
            channel.runPendingTasks();
            read();
            while (!stalled && !unanswered.isEmpty()) {
                answer(new PubAck(unanswered.remove()));
            }
        }
    }

    private void read() throws MalformedPacket {
        for (@Nullable Object written = channel.readOutbound(); written != null; written = channel.readOutbound()) {
            ByteBuf bytes = (ByteBuf) written;
            while (frames.next(bytes)) {
                if (frames.type() == FrameScanner.PUBLISH) {
                    frames.readPublish(bytes, true);
                    unanswered.add(frames.packetId());
                }
            }
            assertThat(bytes.isReadable()).isFalse();
            bytes.release();
        }
    }

    private void answer(Packet packet) {
        ByteBuf bytes = Unpooled.buffer();
        PacketEncoder.encode(packet, MqttVersion.V5, 1 << 20, bytes);
        channel.writeInbound(bytes);
    }

    /** In nanoseconds. */
    Histogram acknowledgements() {
        Map<Measure, Histogram> latencies = worker.latencies().take();
        return latencies.getOrDefault(Measure.ACKNOWLEDGEMENT, LatencyLog.histogram());
    }

    Tally tally() {
        return worker.counters().tally();
    }

    long unsent() {
        return publisher.unsent();
    }

    @Override
    public void close() {
        worker.leave();
        channel.finishAndReleaseAll();
    }
}

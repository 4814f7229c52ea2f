package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.codec.PublishEncoder;
import io.gatehouse.kernel.codec.PublishFrame;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.session.DropReason;
import io.gatehouse.kernel.session.Nowhere;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionObserver;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a message to the bytes for its subscribers, on one lane: index, session, encoder. No gates and no connections; the difference to
 * {@code PairBenchmark} and {@code FanOutBenchmark} is what those add.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RoutingBenchmark {
    /** The time of one message: divide by this. */
    @Param({"1", "500"})
    public int subscribers;

    @Param({"0", "1"})
    public int qos;

    private final Nowhere lane = new Nowhere();
    private final List<Client> clients = new ArrayList<>();
    private Router router;
    private Message message;

    @Setup
    public void prepare() {
        router = new Router(List.of(lane));
        message = Message.of("site/7/device-0042/temperature", Payload.ofOwned(new byte[256]))
                .withQos(Qos.of(qos));
        for (int i = 0; i < subscribers; i++) {
            Client client = new Client("client-" + i);
            Subscription options = Subscription.of("site/7/device-0042/temperature", Qos.EXACTLY_ONCE);
            router.add(new SessionSubscription(client.session, options.filter(), options, 0));
            clients.add(client);
        }
    }

    @Benchmark
    public int route() {
        int found = router.route(lane, new Publication(message, "publisher", 0));
        if (qos > 0) {
            for (int i = 0; i < clients.size(); i++) {
                clients.get(i).acknowledge();
            }
        }
        return found;
    }

    /** A client of version 3.1.1 that takes everything. */
    private final class Client implements PacketSink, SessionObserver {
        private final ByteBuf out = Unpooled.directBuffer(1_024);
        private final Session session;
        private int lastId;

        Client(String clientId) {
            session = new Session(clientId, lane, new SessionLimits(32, 100, 1_000), this, () -> 1L);
            session.attach(this, 32);
        }

        void acknowledge() {
            session.acknowledged(lastId);
        }

        @Override
        public Outcome publish(
                Publication publication,
                Qos level,
                boolean retain,
                List<Integer> subscriptionIds,
                int packetId,
                boolean dup) {
            out.clear();
            lastId = packetId;
            if (publication.keepsFrames()) {
                frame(publication, level).writeTo(out, packetId, dup);
            } else {
                Message sent = publication.message();
                PublishEncoder.encode(
                        out,
                        MqttVersion.V3_1_1,
                        Integer.MAX_VALUE,
                        sent,
                        sent.topic(),
                        level,
                        retain,
                        dup,
                        packetId,
                        MessageProperties.NO_EXPIRY,
                        subscriptionIds,
                        0);
            }
            return Outcome.SENT;
        }

        private PublishFrame frame(Publication publication, Qos level) {
            PublishFrame frame = (PublishFrame) publication.frame(0);
            if (frame == null) {
                frame = PublishFrame.of(
                        MqttVersion.V3_1_1,
                        publication.message(),
                        level,
                        false,
                        MessageProperties.NO_EXPIRY,
                        List.of());
                publication.keepFrame(0, frame);
            }
            return frame;
        }

        @Override
        public void send(Packet packet) {}

        @Override
        public void delivered(Session ignored, Message delivered) {}

        @Override
        public void dropped(Session ignored, Message lost, DropReason reason) {
            throw new IllegalStateException("dropped: " + reason);
        }

        @Override
        public void overflowed(Session crowded) {
            throw new IllegalStateException("no room");
        }
    }
}

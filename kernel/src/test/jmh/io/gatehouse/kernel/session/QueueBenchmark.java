package io.gatehouse.kernel.session;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** QoS 1 messages wait for a client that is away; it comes, gets them and acknowledges each. The cost of one message, without its bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class QueueBenchmark {
    private static final int WAITING = 1_000;
    private static final int WINDOW = 32;

    private final Client client = new Client();
    private Session session;
    private Publication[] publications;

    @Setup
    public void prepare() {
        session = new Session(
                "client", new Nowhere(), new SessionLimits(WINDOW, WAITING, 1_000), new Nobody(), () -> 1L);
        publications = new Publication[WAITING];
        for (int i = 0; i < WAITING; i++) {
            Message message =
                    Message.of("a/topic", Payload.ofOwned(new byte[256])).withQos(Qos.AT_LEAST_ONCE);
            publications[i] = new Publication(message, "publisher", 0);
        }
    }

    @Benchmark
    @OperationsPerInvocation(WAITING)
    public int queueAndDrain() {
        for (Publication publication : publications) {
            session.offer(publication, Qos.AT_LEAST_ONCE, false, List.of());
        }
        session.attach(client, WINDOW);
        session.pump();
        for (int acknowledged = 0; acknowledged < WAITING; acknowledged++) {
            session.acknowledged(client.sent[acknowledged % WINDOW]);
        }
        session.detach();
        return client.take();
    }

    /** Takes everything and remembers the identifiers of what is in flight. */
    private static final class Client implements PacketSink {
        private final int[] sent = new int[WINDOW];
        private int count;

        @Override
        public Outcome publish(
                Publication publication,
                Qos qos,
                boolean retain,
                List<Integer> subscriptionIds,
                int packetId,
                boolean dup) {
            sent[count++ % WINDOW] = packetId;
            return Outcome.SENT;
        }

        @Override
        public void send(Packet packet) {}

        private int take() {
            int all = count;
            if (all != WAITING) {
                throw new IllegalStateException("sent " + all);
            }
            count = 0;
            return all;
        }
    }

    private static final class Nobody implements SessionObserver {
        @Override
        public void delivered(Session session, Message message) {}

        @Override
        public void dropped(Session session, Message message, DropReason reason) {
            throw new IllegalStateException("dropped: " + reason);
        }

        @Override
        public void overflowed(Session crowded) {
            throw new IllegalStateException("no room");
        }
    }
}

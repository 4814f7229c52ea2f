package io.gatehouse.kernel.session;

import static io.gatehouse.kernel.fakes.Messages.publication;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A session against a client that behaves, over a network that loses connections and what is on its way at any moment. */
class SessionModelTest {
    private static final int STEPS = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void losesNothingRepeatsNoQos2AndKeepsTheOrder(long seed) {
        Random random = new Random(seed);
        Model model = new Model(random);
        for (int step = 0; step < STEPS; step++) {
            model.step();
        }
        model.settle();

        assertThat(model.client.once).as("QoS 2, seed %d", seed).containsExactlyElementsOf(model.offered2);
        assertThat(new ArrayList<>(model.client.atLeastOnce))
                .as("QoS 1 in the order of their first arrival, seed %d", seed)
                .containsExactlyElementsOf(model.offered1);
        assertThat(model.session.inFlight()).isZero();
        assertThat(model.session.queued()).isZero();
        assertThat(model.observer.dropped).isEmpty();
    }

    private static final class Model {
        final Random random;
        final RecordingObserver observer = new RecordingObserver();
        final Session session =
                new Session("c", new TestLane(0), new SessionLimits(8, STEPS, 1_000), observer, () -> 0L);
        final Client client = new Client();
        final List<String> offered1 = new ArrayList<>();
        final List<String> offered2 = new ArrayList<>();
        int offered;

        Model(Random random) {
            this.random = random;
        }

        void step() {
            switch (random.nextInt(10)) {
                case 0 -> disconnect();
                case 1 -> connect(1 + random.nextInt(8));
                case 2, 3, 4 -> offer();
                case 5 -> client.writable = !client.writable;
                default -> answer();
            }
            if (client.writable) {
                session.pump();
            }
            assertThat(client.outstanding.size()).isLessThanOrEqualTo(client.receiveMaximum);
        }

        void settle() {
            disconnect();
            client.writable = true;
            connect(8);
            while (!client.inbox.isEmpty()) {
                answer();
            }
        }

        private void offer() {
            boolean twice = random.nextBoolean();
            String text = Integer.toString(offered++);
            (twice ? offered2 : offered1).add(text);
            session.offer(publication(text), twice ? Qos.EXACTLY_ONCE : Qos.AT_LEAST_ONCE, false, List.of());
        }

        private void connect(int receiveMaximum) {
            if (!session.isConnected()) {
                client.receiveMaximum = receiveMaximum;
                client.outstanding.clear();
                session.attach(client, receiveMaximum);
                session.pump();
            }
        }

        /** Whatever has not arrived is lost. */
        private void disconnect() {
            session.detach();
            client.inbox.clear();
        }

        private void answer() {
            Runnable arrived = client.inbox.poll();
            if (arrived != null) {
                arrived.run();
            }
        }
        /** Remembers QoS 2 identifiers across connections, as a client must. */
        private final class Client implements PacketSink {
            final Deque<Runnable> inbox = new ArrayDeque<>();
            final Set<Integer> outstanding = new HashSet<>();
            final Set<Integer> received2 = new HashSet<>();
            final List<String> once = new ArrayList<>();
            final Set<String> atLeastOnce = new LinkedHashSet<>();
            boolean writable = true;
            int receiveMaximum;

            @Override
            public Outcome publish(
                    Publication publication,
                    Qos qos,
                    boolean retain,
                    List<Integer> subscriptionIds,
                    int packetId,
                    boolean dup) {
                if (!writable) {
                    return Outcome.HELD;
                }
                outstanding.add(packetId);
                String text = publication.message().payload().asUtf8();
                inbox.add(qos == Qos.EXACTLY_ONCE ? () -> second(text, packetId) : () -> first(text, packetId));
                return Outcome.SENT;
            }

            private void first(String text, int packetId) {
                atLeastOnce.add(text);
                outstanding.remove(packetId);
                session.acknowledged(packetId);
            }

            private void second(String text, int packetId) {
                if (received2.add(packetId)) {
                    once.add(text);
                }
                session.received(packetId, ReasonCode.SUCCESS);
            }

            @Override
            public void send(Packet packet) {
                if (packet instanceof PubRel rel) {
                    inbox.add(() -> {
                        received2.remove(rel.packetId());
                        outstanding.remove(rel.packetId());
                        session.completed(rel.packetId());
                    });
                }
            }
        }
    }
}

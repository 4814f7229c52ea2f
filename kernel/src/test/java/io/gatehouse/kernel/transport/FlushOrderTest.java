package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a lane writes what it has collected in one round. */
class FlushOrderTest {
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;

    private final EmbeddedBroker broker = new EmbeddedBroker(List.of(), List.of());
    private final List<Integer> written = new ArrayList<>();

    @Test
    void writesMessagesBeforeAcknowledgements() {
        List<EmbeddedClient> publishers = new ArrayList<>();
        for (String topic : List.of("a", "b", "c")) {
            connect("to-" + topic).subscribe(topic, Qos.AT_LEAST_ONCE);
            publishers.add(connect("from-" + topic));
        }
        written.clear();

        for (int i = 0; i < publishers.size(); i++) {
            publishers
                    .get(i)
                    .send(message(publishers.get(i), List.of("a", "b", "c").get(i)));
        }
        broker.run();

        assertThat(written).containsExactly(PUBLISH, PUBLISH, PUBLISH, PUBACK, PUBACK, PUBACK);
    }

    @Test
    void keepsTheOrderTowardsOneClient() {
        EmbeddedClient both = connect("both");
        both.subscribe("a", Qos.AT_MOST_ONCE);
        written.clear();

        both.send(message(both, "b"));
        both.send(message(both, "a"));
        broker.run();

        assertThat(written).containsExactly(PUBACK, PUBLISH, PUBACK);
    }

    /** Else a client that always has something to say, and reads fast, keeps the lane from all others. */
    @Test
    void goesToTheNetworkBeforeItWritesWhatWritingHasBroughtAbout() {
        List<EmbeddedClient> talker = new ArrayList<>();
        talker.add(new EmbeddedClient(broker, MqttVersion.V3_1_1, type -> {
            written.add(type);
            if (type == PUBACK && written.size() < 100) {
                talker.getFirst().send(message(talker.getFirst(), "b"));
            }
        }));
        talker.getFirst().connect("talker");
        written.clear();

        talker.getFirst().send(message(talker.getFirst(), "b"));
        for (int round = 1; round <= 5; round++) {
            broker.run();
            assertThat(written).hasSize(round);
        }
    }

    private EmbeddedClient connect(String clientId) {
        EmbeddedClient client = new EmbeddedClient(broker, MqttVersion.V3_1_1, written::add);
        client.connect(clientId);
        return client;
    }

    private static byte[] message(EmbeddedClient from, String topic) {
        return from.publishBytes(Message.of(topic, Payload.ofUtf8("x")).withQos(Qos.AT_LEAST_ONCE), 1);
    }
}

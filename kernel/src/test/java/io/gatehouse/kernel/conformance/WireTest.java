package io.gatehouse.kernel.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.codec.HexText;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.transport.NetworkBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** One broker for all tests of a class; each test uses clients and topics of its own, by {@link #name}. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WireTest {
    /** In flight 4, receive maximum 5, alias 5, levels 10, client identifiers of 100 bytes, packets of 1 MiB. */
    static final MqttConfig MQTT = new MqttConfig(
            1 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(1_000),
            4,
            5,
            100,
            Duration.ofSeconds(300),
            Duration.ofHours(2),
            Duration.ofDays(1),
            5,
            10,
            100,
            50,
            1_000);

    final NetworkBroker broker = new NetworkBroker(MQTT, 1_000);
    private final List<RawClient> clients = new ArrayList<>();
    private int names;
    private String name = "";

    @AfterEach
    void dropClients() {
        clients.forEach(RawClient::drop);
        clients.clear();
        name = "";
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    /** Two characters that no other test of the class has: the first level of its topics, the beginning of its client identifiers. */
    String name() {
        if (name.isEmpty()) {
            name = "%02d".formatted(names++);
        }
        return name;
    }

    RawClient open() {
        RawClient client = new RawClient(broker.address());
        clients.add(client);
        return client;
    }

    /** A connected client of MQTT 5.0 that takes everything, with a clean session that ends with its connection. */
    RawClient connect5(String id) {
        return connect5(id, true, "");
    }

    RawClient connect5(String id, boolean cleanStart, String properties) {
        RawClient client = open();
        client.sendBytes(connectBytes5(id, cleanStart, properties));
        assertThat(client.receive()).matches("20 .. 0[01] 00 .*");
        return client;
    }

    byte[] connectBytes5(String id, boolean cleanStart, String properties) {
        int length = HexText.bytes(properties).length;
        return RawClient.packetBytes(
                "10",
                HexText.bytes("\"MQTT\" 05 %s 00 00 %02x %s \"%s\""
                        .formatted(cleanStart ? "02" : "00", length, properties, name() + id)));
    }

    RawClient connect311(String id, boolean cleanSession) {
        RawClient client = open();
        client.packet("10", "\"MQTT\" 04 %s 00 00 \"%s\"".formatted(cleanSession ? "02" : "00", name() + id));
        assertThat(client.receive()).matches("20 02 0[01] 00");
        return client;
    }

    /** Waits until the broker knows that this client is gone. */
    void awaitGone(String id) {
        await().until(() -> broker.core
                .broker()
                .view()
                .session(name() + id)
                .map(session -> !session.connected())
                .orElse(true));
    }
}

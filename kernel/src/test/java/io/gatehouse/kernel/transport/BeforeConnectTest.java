package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.Bounds;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much a connection may make the broker hold before it is let in. */
class BeforeConnectTest {
    private final NetworkBroker broker = new NetworkBroker(
            TestConfigs.mqtt(20, 20, 1_000), new Bounds().connectSize(2_048).build());

    @AfterEach
    void stop() {
        broker.close();
    }

    private static Connect connect(int passwordBytes) {
        return new Connect(
                MqttVersion.V5,
                true,
                0,
                "c",
                "u",
                Secret.ofUtf8("x".repeat(passwordBytes)),
                null,
                new ConnectProperties(0, 1_000, 1 << 20, 0, false, true, List.of(), null, null));
    }

    @Test
    void takesAConnectUpToTheLimitAndLargePacketsAfterwards() throws Exception {
        try (WireClient client = broker.open()) {
            client.send(connect(2_000));
            assertThat(client.receive(ConnAck.class).reason()).isEqualTo(ReasonCode.SUCCESS);

            Message large = Message.of("a", Payload.ofUtf8("x".repeat(50_000))).withQos(Qos.AT_LEAST_ONCE);
            client.send(new Publish(large, false, 1, 0, List.of()));

            assertThat(client.receive(PubAck.class).packetId()).isEqualTo(1);
        }
    }

    @Test
    void closesTheConnectionOfALargerConnectWithoutWaitingForIt() throws Exception {
        try (WireClient client = broker.open()) {
            client.sendRaw(HexFormat.of().parseHex("108010")); // 2,048 bytes will follow, and the header's 3

            assertThat(client.receive()).isNull();
        }
    }

    @Test
    void waitsForNothingElseOfThatSizeEither() throws Exception {
        try (WireClient client = broker.open()) {
            client.sendRaw(HexFormat.of().parseHex("308010")); // a PUBLISH, which may not come first

            assertThat(client.receive()).isNull();
        }
    }
}

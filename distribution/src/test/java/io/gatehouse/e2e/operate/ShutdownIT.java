package io.gatehouse.e2e.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownIT {
    /** What the broker promises. */
    private static final Duration AT_MOST = Duration.ofSeconds(10);

    @Test
    void tellsItsClientsAndEndsInTime() {
        try (BrokerProcess broker = BrokerProcess.standard().start()) {
            List<WireClient> clients = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                clients.add(WireClient.connect(broker.port(), new ConnectPacket("c" + i)));
            }
            WireClient old = WireClient.connect(broker.port(), new ConnectPacket("old").version(MqttVersion.V3_1_1));
            WireClient silent = WireClient.open(broker.port()); // never sends its CONNECT
            WireClient busy = WireClient.connect(broker.port(), new ConnectPacket("busy"));
            busy.subscribe("busy", Qos.AT_MOST_ONCE);
            busy.send(new Publish(WireClient.message("busy", "x", Qos.AT_MOST_ONCE), false, 0, 0, List.of()));
            assertThat(busy.nextText()).isEqualTo("x");

            broker.terminate();
            clients.forEach(client -> client.expectDisconnect(ReasonCode.SERVER_SHUTTING_DOWN));
            assertThat(busy.receive(Disconnect.class).reason()).isEqualTo(ReasonCode.SERVER_SHUTTING_DOWN);
            old.expectClosed();
            silent.expectClosed();
            assertThat(broker.awaitExit(AT_MOST)).isZero();
            busy.close();
        }
    }

    @Test
    void endsInTimeAlthoughAClientDoesNotRead() {
        try (BrokerProcess broker = BrokerProcess.standard().start();
                WireClient deaf = WireClient.connect(broker.port(), new ConnectPacket("deaf"));
                WireClient talker = WireClient.connect(broker.port(), new ConnectPacket("talker"))) {
            deaf.subscribe("much", Qos.AT_MOST_ONCE);
            String large = "x".repeat(500_000);
            for (int i = 0; i < 40; i++) {
                talker.publish("much", large, Qos.AT_MOST_ONCE);
            }
            talker.ping();
            broker.terminate();
            assertThat(broker.awaitExit(AT_MOST)).isZero();
        }
    }
}

package io.gatehouse.e2e.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectIT {
    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.with("""
            mqtt { receive-maximum = 7, max-packet-size = 64KiB, topic-alias-maximum = 5, max-keep-alive = 30s,
                   max-session-expiry = 1h, max-client-id-length = 40, connect-timeout = 1s }
            """);

    private static WireClient open() {
        return WireClient.open(BROKER.port());
    }

    private static WireClient connect(ConnectPacket connect) {
        return WireClient.connect(BROKER.port(), connect);
    }

    @Test
    void tellsItsLimits() {
        try (WireClient client = connect(new ConnectPacket("limits").session(7_200))) {
            assertThat(client.connAck().sessionPresent()).isFalse();
            assertThat(client.connAck().properties()).satisfies(limits -> {
                assertThat(limits.receiveMaximum()).isEqualTo(7);
                assertThat(limits.maximumPacketSize()).isEqualTo(65_536);
                assertThat(limits.topicAliasMaximum()).isEqualTo(5);
                assertThat(limits.serverKeepAliveSeconds()).isEqualTo(30);
                assertThat(limits.sessionExpirySeconds()).isEqualTo(3_600);
                assertThat(limits.maximumQos()).isEqualTo(Qos.EXACTLY_ONCE);
                assertThat(limits.assignedClientId()).isNull();
            });
        }
    }

    @Test
    void assignsIdentifiersToThoseWithout() {
        try (WireClient one = connect(new ConnectPacket(""));
                WireClient other = connect(new ConnectPacket(""))) {
            String first = one.connAck().properties().assignedClientId();
            assertThat(first).isNotBlank();
            assertThat(other.connAck().properties().assignedClientId())
                    .isNotBlank()
                    .isNotEqualTo(first);
            one.ping();
        }
    }

    @Test
    void refusesAnIdentifierThatIsTooLong() {
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x".repeat(41))))
                .isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
    }

    @Test
    void refusesToKeepTheSessionOfNobody() {
        try (WireClient client = open().sendHex("1013 0004 4d515454 04 80 0000 0000 0005 616c696365")) {
            assertThat(client.receive(ConnAck.class).reason()).isEqualTo(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID);
            client.expectClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSecondConnectEndsTheConnection(MqttVersion version) {
        try (WireClient client = connect(new ConnectPacket("twice").version(version))) {
            client.send(new ConnectPacket("twice").version(version));
            if (version == MqttVersion.V5) {
                client.expectDisconnect(ReasonCode.PROTOCOL_ERROR);
            } else {
                client.expectClosed();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c000", // PINGREQ
                "3003 0001 61", // PUBLISH
                "8206 0001 0001 61 00", // SUBSCRIBE
                "e000", // DISCONNECT
                "474554202f20485454502f312e310d0a0d0a" // another protocol
            })
    void nothingButConnectMayComeFirst(String bytes) {
        try (WireClient client = open().sendHex(bytes)) {
            client.expectClosed();
        }
    }

    @Test
    void saysToAnUnknownVersionThatItIsUnknown() {
        try (WireClient client = open().sendHex("100d 0004 4d515454 06 02 0000 00 0000")) {
            assertThat(client.receive(ConnAck.class).reason()).isEqualTo(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION);
            client.expectClosed();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3203 0001 61", // PUBLISH QoS 1 without an identifier
                "3605 0001 61 0001 00", // PUBLISH with QoS 3
                "8006 0001 0001 61 00", // SUBSCRIBE with wrong flags
                "3004 0001 00 00", // a topic with a null character
                "3005 0002 c3 28 00", // a topic that is not UTF-8
                "c0ffffffff7f", // a length of five bytes
                "0000" // a type that is reserved
            })
    void malformedPacketsEndTheConnectionWithTheReason(String bytes) {
        try (WireClient client = connect(new ConnectPacket("malformed"))) {
            client.sendHex(bytes).expectDisconnect(ReasonCode.MALFORMED_PACKET);
        }
        try (WireClient client = connect(new ConnectPacket("malformed").version(MqttVersion.V3_1_1))) {
            client.sendHex(bytes).expectClosed();
        }
    }

    @Test
    void aPacketThatIsTooLargeEndsTheConnection() {
        try (WireClient client = connect(new ConnectPacket("large"))) {
            client.sendHex("30 818004").expectDisconnect(ReasonCode.PACKET_TOO_LARGE); // 65,537 bytes
        }
    }

    @Test
    void aSilentClientIsLost() {
        try (WireClient watcher = connect(new ConnectPacket("watcher"));
                WireClient silent = connect(new ConnectPacket("silent")
                        .keepAlive(1)
                        .will(WireClient.message("silent/will", "silent", Qos.AT_MOST_ONCE), 0))) {
            watcher.subscribe("silent/will", Qos.AT_MOST_ONCE);
            silent.expectDisconnect(ReasonCode.KEEP_ALIVE_TIMEOUT);
            assertThat(watcher.nextText()).isEqualTo("silent");
        }
    }

    @Test
    void aConnectionWithoutConnectIsClosed() {
        try (WireClient idle = open().sendHex("10")) {
            idle.expectClosed();
        }
    }

    @Test
    void refusesAWillThatTheClientMayNotPublish() {
        assertThat(WireClient.refused(
                        BROKER.port(),
                        new ConnectPacket("will").will(WireClient.message("forbidden/x", "x", Qos.AT_MOST_ONCE), 0)))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }
}

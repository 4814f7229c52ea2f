package io.gatehouse.e2e.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.Finished;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A broker that disconnects who tries what it may not. */
class AccessIT {
    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.with("authorization.deny-action = disconnect");

    private static WireClient connect(ConnectPacket connect) {
        return WireClient.connect(BROKER.port(), connect);
    }

    @ParameterizedTest
    @EnumSource
    void disconnectsWhoPublishesWhatItMayNot(MqttVersion version) {
        try (WireClient client = connect(new ConnectPacket("p").version(version))) {
            client.sendHex(
                    version == MqttVersion.V5
                            ? "300e 000b 666f7262696464656e2f78 00"
                            : "300d 000b 666f7262696464656e2f78");
            expectEnd(client, version);
        }
    }

    @ParameterizedTest
    @EnumSource
    void disconnectsWhoSubscribesToWhatItMayNot(MqttVersion version) {
        try (WireClient client = connect(new ConnectPacket("s").version(version))) {
            client.send(new Subscribe(1, List.of(Subscription.of("forbidden/x", Qos.AT_MOST_ONCE)), 0, List.of()));
            expectEnd(client, version);
        }
    }

    private static void expectEnd(WireClient client, MqttVersion version) {
        if (version == MqttVersion.V5) {
            client.expectDisconnect(ReasonCode.NOT_AUTHORIZED);
        } else {
            client.expectClosed();
        }
    }

    @Test
    void aSuperuserMayDoEverything() {
        try (WireClient root = connect(new ConnectPacket("root").user("root"))) {
            root.subscribe("forbidden/#", Qos.AT_MOST_ONCE).publish("forbidden/x", "mine", Qos.AT_MOST_ONCE);
            assertThat(root.nextText()).isEqualTo("mine");
        }
    }

    @Test
    void aUserWithoutRulesMayConnectAndNothingElse() {
        Finished added = BROKER.command("carol-secret\n", "user", "add", "carol", "--password-stdin");
        assertThat(added.exitCode()).as(added.err()).isZero();
        try (WireClient carol = connect(new ConnectPacket("carol").user("carol"))) {
            carol.send(new Subscribe(1, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), 0, List.of()));
            carol.expectDisconnect(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void thePasswordIsCheckedAtEachConnect() {
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").credentials("alice", "Alice-secret")))
                .isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").credentials("nobody", "alice-secret")))
                .isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").credentials("alice", "")))
                .isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").credentials(null, null)))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }
}

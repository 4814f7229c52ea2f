package io.gatehouse.e2e.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionIT {
    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.with("mqtt.max-queue = 5");

    private final String id;

    SessionIT(TestInfo test) {
        id = test.getTestMethod().map(method -> method.getName()).orElse("parameterized");
    }

    private static WireClient connect(ConnectPacket connect) {
        return WireClient.connect(BROKER.port(), connect);
    }

    private ConnectPacket keeping() {
        return new ConnectPacket(id).session(3_600);
    }

    private void publish(String text, Qos qos) {
        try (WireClient publisher = connect(new ConnectPacket(id + "-pub"))) {
            publisher.publish(id, text, qos);
            publisher.disconnect();
        }
    }

    @Test
    void sendsAgainWhatWasNotAcknowledged() {
        try (WireClient first = connect(keeping()).subscribe(id, Qos.EXACTLY_ONCE)) {
            publish("one", Qos.AT_LEAST_ONCE);
            publish("two", Qos.EXACTLY_ONCE);
            assertThat(first.receive(Publish.class).dup()).isFalse();
            assertThat(first.receive(Publish.class).dup()).isFalse();
        }
        try (WireClient again = connect(keeping())) {
            assertThat(again.connAck().sessionPresent()).isTrue();
            Publish one = again.next();
            Publish two = again.next();
            assertThat(List.of(one.dup(), two.dup())).containsExactly(true, true);
            assertThat(List.of(
                            one.message().payload().asUtf8(),
                            two.message().payload().asUtf8()))
                    .containsExactly("one", "two");
            again.ping();
        }
    }

    @Test
    void goesOnWithAReleaseThatWasLost() {
        int packetId;
        try (WireClient first = connect(keeping()).subscribe(id, Qos.EXACTLY_ONCE)) {
            publish("once", Qos.EXACTLY_ONCE);
            packetId = first.receive(Publish.class).packetId();
            first.send(new PubRec(packetId)).receive(PubRel.class);
        }
        try (WireClient again = connect(keeping())) {
            assertThat(again.receive(PubRel.class).packetId()).isEqualTo(packetId);
            again.send(new PubComp(packetId)).ping();
        }
        try (WireClient third = connect(keeping())) {
            third.ping(); // nothing is sent again
        }
    }

    @Test
    void takesAQos2MessageOnceAlthoughItIsSentTwice() {
        try (WireClient watcher = connect(new ConnectPacket(id + "-watch")).subscribe(id, Qos.EXACTLY_ONCE)) {
            Publish packet = new Publish(WireClient.message(id, "once", Qos.EXACTLY_ONCE), false, 9, 0, List.of());
            try (WireClient first = connect(keeping())) {
                first.send(packet).receive(PubRec.class);
            }
            try (WireClient again = connect(keeping())) {
                again.send(new Publish(packet.message(), true, 9, 0, List.of()));
                assertThat(again.receive(PubRec.class).reason().isFailure()).isFalse();
                again.send(new PubRel(9));
                assertThat(again.receive(PubComp.class).reason()).isEqualTo(ReasonCode.SUCCESS);
                again.publish(id, "afterwards", Qos.EXACTLY_ONCE);
            }
            assertThat(watcher.nextText()).isEqualTo("once");
            assertThat(watcher.nextText()).isEqualTo("afterwards");
        }
    }

    @Test
    void queuesAsMuchAsConfiguredAndNoQos0() {
        connect(keeping()).subscribe(id, Qos.AT_LEAST_ONCE).close();
        publish("not kept", Qos.AT_MOST_ONCE);
        for (int i = 1; i <= 6; i++) {
            publish("message " + i, Qos.AT_LEAST_ONCE);
        }
        try (WireClient again = connect(keeping())) {
            for (int i = 1; i <= 5; i++) {
                assertThat(again.nextText()).isEqualTo("message " + i);
            }
            again.ping();
        }
    }

    @Test
    void startsCleanWhenAsked() {
        connect(keeping()).subscribe(id, Qos.AT_LEAST_ONCE).close();
        publish("lost", Qos.AT_LEAST_ONCE);
        try (WireClient clean = connect(keeping().cleanStart(true))) {
            assertThat(clean.connAck().sessionPresent()).isFalse();
            publish("nobody subscribed", Qos.AT_LEAST_ONCE);
            clean.ping();
        }
    }

    @Test
    void forgetsASessionThatHasExpired() {
        connect(new ConnectPacket(id).session(1))
                .subscribe(id, Qos.AT_LEAST_ONCE)
                .close();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> !BROKER.command("", "client", "list", "--output", "json")
                        .out()
                        .contains(id));
        try (WireClient late = connect(keeping())) {
            assertThat(late.connAck().sessionPresent()).isFalse();
        }
    }

    @Test
    void aClientMayShortenItsExpiryWhenItLeaves() {
        try (WireClient leaving = connect(keeping())) {
            leaving.send(new Disconnect(ReasonCode.SUCCESS, 0L, null, null, List.of()))
                    .expectClosed();
        }
        try (WireClient again = connect(keeping())) {
            assertThat(again.connAck().sessionPresent()).isFalse();
        }
    }

    @Test
    void aSessionThatEndsWithItsConnectionCannotBeProlonged() {
        try (WireClient client = connect(new ConnectPacket(id))) {
            client.send(new Disconnect(ReasonCode.SUCCESS, 60L, null, null, List.of()));
            client.expectDisconnect(ReasonCode.PROTOCOL_ERROR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNewConnectionTakesTheSessionOver(MqttVersion version) {
        String name = "taken-" + version;
        try (WireClient old = connect(new ConnectPacket(name).session(60)).subscribe(name, Qos.AT_LEAST_ONCE)) {
            try (WireClient taker = connect(new ConnectPacket(name).session(60).version(version))) {
                old.expectDisconnect(ReasonCode.SESSION_TAKEN_OVER);
                assertThat(taker.connAck().sessionPresent()).isEqualTo(version != MqttVersion.V3_1);
                assertThat(taker.publish(name, "to myself", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.SUCCESS);
                assertThat(taker.nextText()).isEqualTo("to myself");
            }
        }
    }

    @Test
    void acknowledgementsOfUnknownMessagesAreNoError() {
        try (WireClient client = connect(new ConnectPacket(id))) {
            client.send(new PubAck(77)).ping();
            client.send(new PubRel(78));
            assertThat(client.receive(PubComp.class).reason()).isEqualTo(ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        }
    }
}

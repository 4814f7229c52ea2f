package io.gatehouse.e2e.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class WillIT {
    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.standard();

    private String topic = "";
    private WireClient watcher = WireClient.open(BROKER.port());

    @BeforeEach
    void watch(TestInfo test) {
        watcher.close();
        topic = "wills/" + test.getTestMethod().orElseThrow().getName();
        watcher = connect(new ConnectPacket("watcher")).subscribe(topic, Qos.EXACTLY_ONCE);
    }

    @AfterEach
    void stopWatching() {
        watcher.close();
    }

    private static WireClient connect(ConnectPacket connect) {
        return WireClient.connect(BROKER.port(), connect);
    }

    private ConnectPacket mortal(long delaySeconds) {
        return new ConnectPacket("mortal").will(WireClient.message(topic, "will", Qos.AT_LEAST_ONCE), delaySeconds);
    }

    /** Nothing else was sent before this. */
    private void expectNext(String text) {
        assertThat(watcher.nextText()).isEqualTo(text);
    }

    @Test
    void isSentWithAllItsProperties() {
        MessageProperties properties = new MessageProperties(
                true,
                MessageProperties.NO_EXPIRY,
                "text/plain",
                "answers",
                Payload.ofUtf8("7"),
                List.of(new UserProperty("b", "1"), new UserProperty("a", "2"), new UserProperty("b", "3")));
        Message will = new Message(topic, Payload.ofUtf8("will"), Qos.EXACTLY_ONCE, false, properties);
        connect(new ConnectPacket("mortal").will(will, 0)).close();
        assertThat(watcher.next().message()).isEqualTo(will);
    }

    @Test
    void isRetainedWhenItAsksForIt() {
        connect(new ConnectPacket("mortal")
                        .will(
                                WireClient.message(topic, "kept", Qos.AT_LEAST_ONCE)
                                        .withRetain(true),
                                0))
                .close();
        expectNext("kept");
        try (WireClient late = connect(new ConnectPacket("late")).subscribe(topic, Qos.AT_LEAST_ONCE)) {
            Publish kept = late.next();
            assertThat(kept.message().retain()).isTrue();
            assertThat(kept.message().payload().asUtf8()).isEqualTo("kept");
        }
    }

    @Test
    void isSentWhenTheClientAsksForItInDisconnect() {
        try (WireClient mortal = connect(mortal(0))) {
            mortal.send(new Disconnect(ReasonCode.DISCONNECT_WITH_WILL)).expectClosed();
        }
        expectNext("will");
    }

    @Test
    void isSentWhenTheClientBreaksTheProtocol() {
        try (WireClient mortal = connect(mortal(0))) {
            mortal.sendHex("0000").expectDisconnect(ReasonCode.MALFORMED_PACKET);
        }
        expectNext("will");
    }

    @Test
    void waitsForItsDelay() {
        connect(mortal(1).session(60)).close();
        try (WireClient other = connect(new ConnectPacket("other"))) {
            other.publish(topic, "meanwhile", Qos.AT_LEAST_ONCE);
        }
        expectNext("meanwhile");
        expectNext("will");
    }

    @Test
    void isCancelledWhenTheClientComesBackInTime() {
        connect(mortal(1).session(60)).close();
        try (WireClient back = connect(new ConnectPacket("mortal").session(60))) {
            assertThat(back.connAck().sessionPresent()).isTrue();
            // Another will of the same delay, later: the first would have come before it.
            try (WireClient other = connect(new ConnectPacket("other-mortal")
                    .session(60)
                    .will(WireClient.message(topic, "other will", Qos.AT_LEAST_ONCE), 1))) {
                other.ping();
            }
            expectNext("other will");
            back.disconnect();
        }
    }

    @Test
    void isSentWhenTheSessionEndsBeforeTheDelay() {
        connect(mortal(3_600).session(1)).close();
        expectNext("will");
    }

    @Test
    void isSentWhenANewSessionReplacesTheOne() {
        connect(mortal(3_600).session(3_600)).close();
        try (WireClient fresh = connect(new ConnectPacket("mortal").cleanStart(true))) {
            assertThat(fresh.connAck().sessionPresent()).isFalse();
            expectNext("will");
        }
    }

    @Test
    void isSentWhenAnotherConnectionTakesOver() {
        try (WireClient old = connect(mortal(0).session(60));
                WireClient taker = connect(new ConnectPacket("mortal").session(60))) {
            old.expectDisconnect(ReasonCode.SESSION_TAKEN_OVER);
            expectNext("will");
            taker.disconnect();
        }
    }
}

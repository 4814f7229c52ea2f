package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Will messages (MQTT 5.0 sections 3.1.2.5 and 3.1.3.2.2). */
class WillTest {
    private final TestBroker broker = new TestBroker();
    private TestClient watcher = broker.open();

    @BeforeEach
    void watch() {
        watcher = broker.connect(connect5("watcher", true, 0));
        watcher.subscribe("#", Qos.AT_LEAST_ONCE);
    }

    private TestClient client(long expiry, long delay) {
        return broker.connect(connect5("c", false, expiry, new Will(message("w", "will", Qos.AT_MOST_ONCE), delay)));
    }

    private void assertSent() {
        broker.until(() -> watcher.link.payloads().contains("will"));
    }

    /** A marker goes the same way as the will, which judging on a virtual thread may delay: so all leases are waited for first. */
    private void assertNotSent() {
        broker.until(() -> broker.plugins.leases() == 0);
        broker.settle();
        assertThat(watcher.link.payloads()).doesNotContain("will");
        assertThat(broker.statistics().publishesRefused()).isZero();
    }

    @Test
    void isSentWhenTheConnectionIsLost() {
        client(0, 0).lose();

        assertSent();
    }

    @Test
    void isNotSentAfterANormalDisconnect() {
        TestClient client = client(0, 0);

        client.send(new Disconnect(ReasonCode.SUCCESS));
        client.lose();

        assertNotSent();
    }

    @Test
    void isSentAfterADisconnectThatAsksForIt() {
        TestClient client = client(0, 0);

        client.send(new Disconnect(ReasonCode.DISCONNECT_WITH_WILL));
        client.lose();

        assertSent();
    }

    @Test
    void isCountedAsRefusedWhenItCannotBeJudged() {
        TestClient client = client(0, 0);
        broker.plugins.failing(1);

        client.lose();

        broker.until(() -> broker.statistics().publishesRefused() == 1);
    }

    @Test
    void isSentAfterItsDelay() {
        client(100, 10).lose();
        broker.advance(Duration.ofSeconds(9));
        assertNotSent();

        broker.advance(Duration.ofSeconds(1));

        assertSent();
    }

    @Test
    void isSentAtTheEndOfTheSessionWhenThatComesBeforeTheDelay() {
        client(5, 10).lose();

        broker.advance(Duration.ofSeconds(5));

        assertSent();
    }

    @Test
    void isSentAtOnceWhenTheSessionEndsWithTheConnection() {
        client(0, 10).lose();

        assertSent();
    }

    @Test
    void isCancelledWhenTheClientComesBackInTime() {
        client(100, 10).lose();
        TestClient again = broker.connect(connect5("c", false, 100));

        broker.advance(Duration.ofSeconds(200));
        assertNotSent();

        again.send(new Disconnect(ReasonCode.SUCCESS, 0L, null, null, List.of()));
        again.lose();
        assertThat(broker.statistics().sessions()).isEqualTo(1); // the watcher's
        assertNotSent();
    }

    @Test
    void waitsForItsOwnDelayNotForThatOfAnEarlierConnection() {
        client(100, 10).lose();
        broker.advance(Duration.ofSeconds(5));
        client(100, 10).lose();

        broker.advance(Duration.ofSeconds(9));
        assertNotSent();
        broker.advance(Duration.ofSeconds(1));

        assertSent();
    }

    @Test
    void isSentWhenTheClientComesBackWithACleanStart() {
        client(100, 10).lose();

        broker.connect(connect5("c", true, 100));

        assertSent();
    }

    @Test
    void isCancelledByATakeOverWithinItsDelay() {
        client(100, 10);

        broker.connect(connect5("c", false, 100));
        broker.advance(Duration.ofSeconds(200));

        assertNotSent();
    }

    @Test
    void isSentByATakeOverWhenItHasNoDelay() {
        client(100, 0);

        broker.connect(connect5("c", false, 100));

        assertSent();
    }

    @Test
    void isSentByATakeOverThatEndsTheSession() {
        client(100, 10);

        broker.connect(connect5("c", true, 100));

        assertSent();
    }

    @Test
    void isNotSentWhenItIsNoLongerPermitted() {
        TestClient client = client(0, 0);
        broker.plugins.authorizer((of, action) -> Decision.DENY);

        client.lose();

        broker.until(() -> broker.statistics().publishesRefused() == 1);
        assertThat(watcher.link.payloads()).isEmpty();
    }
}

package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.FeaturesConfig;
import io.gatehouse.kernel.fakes.TestFeatures;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting {@code auto-subscribe}. */
class AutoSubscribeTest {
    private static final FeaturesConfig TWO = TestFeatures.autoSubscribe(
            new Subscription("c/${clientid}/#", Qos.AT_LEAST_ONCE, true, false, RetainHandling.SEND),
            Subscription.of("u/${username}", Qos.AT_MOST_ONCE));

    private final TestBroker broker = new TestBroker(TWO);

    private void publish(String topic) {
        broker.core.broker().publish(message(topic, "m", Qos.EXACTLY_ONCE));
        broker.settle();
    }

    private TestClient connect(String clientId) {
        TestClient client = broker.connect(connect5(clientId, true, 0));
        broker.until(() -> !client.link.paused);
        return client;
    }

    @Test
    void subscribesEachClientToItsOwn() {
        TestClient client = connect("a");
        connect("b");

        publish("c/a/1");
        publish("c/b/1");
        publish("u/user");

        assertThat(client.link.messages()).containsExactly("c/a/1=m", "u/user=m");
        assertThat(client.link.sent(Publish.class).getFirst().message().qos()).isEqualTo(Qos.AT_LEAST_ONCE);
        assertThat(client.link.sent(SubAck.class)).isEmpty();
    }

    @Test
    void sendsRetainedMessagesAfterConnack() {
        broker.core.broker().publish(retained("c/a/1", "kept", Qos.AT_LEAST_ONCE));
        broker.settle();

        TestClient client = connect("a");

        assertThat(client.link.sent().getFirst()).isInstanceOf(ConnAck.class);
        assertThat(client.link.messages()).containsExactly("c/a/1=kept");
    }

    @Test
    void honoursTheOptions() {
        TestClient client = connect("a");

        client.publish(message("c/a/1", "own", Qos.AT_LEAST_ONCE), 1);

        assertThat(client.link.messages()).isEmpty(); // no local
    }

    @Test
    void leavesOutWhatIsNotPermitted() {
        broker.plugins.authorizer((of, action) -> action.topic().startsWith("c/") ? Decision.DENY : Decision.ALLOW);

        TestClient client = connect("a");
        publish("c/a/1");
        publish("u/user");

        assertThat(client.link.messages()).containsExactly("u/user=m");
        assertThat(client.link.closed).isFalse();
    }

    @Test
    void waitsForWhoeverHasToBeAskedBeforeTheClientIsHeard() {
        broker.plugins.authorization(Gate.of("slow", (of, action) -> Decision.ALLOW, true));

        TestClient client = connect("a");
        publish("c/a/1");

        assertThat(client.link.messages()).containsExactly("c/a/1=m");
        assertThat(broker.statistics().subscriptions()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+", "#", "a/b", "a\u0001"})
    void leavesOutWhatANameWouldSpoil(String clientId) {
        TestClient client = connect(clientId);
        publish("c/a/1");

        assertThat(client.link.messages()).isEmpty();
        assertThat(broker.statistics().subscriptions()).isEqualTo(1); // u/user
    }

    @Test
    void respectsTheMostSubscriptionsOfASession() {
        TestBroker full = new TestBroker(TestFeatures.autoSubscribe(IntStream.range(0, 10)
                .mapToObj(i -> Subscription.of("t" + i, Qos.AT_MOST_ONCE))
                .toArray(Subscription[]::new)));

        full.connect(connect5("a", true, 0));

        assertThat(full.statistics().subscriptions()).isEqualTo(8);
    }

    @Test
    void canBeEndedByTheClient() {
        TestClient client = connect("a");

        assertThat(client.unsubscribe("c/a/#")).isEqualTo(ReasonCode.SUCCESS);
        publish("c/a/1");

        assertThat(client.link.messages()).isEmpty();
    }

    @Test
    void isNotDoubledWhenASessionIsResumed() {
        broker.connect(connect5("a", false, 100)).lose();
        TestClient again = broker.connect(connect5("a", false, 100));
        publish("c/a/1");

        assertThat(again.link.messages()).containsExactly("c/a/1=m");
        assertThat(broker.statistics().subscriptions()).isEqualTo(2);
    }
}

package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages on their way to a subscriber, past the delivery interceptors. */
class DeliveryTest {
    private final TestBroker broker = new TestBroker();
    private final TestClient client = broker.connect(connect5("c", false, 100));

    private void intercept(DeliveryInterceptor interceptor, boolean blocking) {
        broker.plugins.delivery(Gate.of("i", interceptor, blocking));
    }

    private void publish(String text, Qos qos) {
        broker.core.broker().publish(message("a", text, qos));
        broker.settle();
    }

    private static Verdict<Message> decide(Message message) {
        return switch (message.payload().asUtf8()) {
            case "drop" -> Verdict.drop();
            case "reject" -> Verdict.reject(ReasonCode.NOT_AUTHORIZED, "no");
            case "break" -> throw new IllegalStateException("broken");
            case "smuggle" -> Verdict.forward(message.withTopic("elsewhere"));
            default ->
                Verdict.forward(
                        message.withPayload(Payload.ofUtf8(message.payload().asUtf8() + "!")));
        };
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void reachTheClientInOrderAsTheInterceptorWantsThem(boolean blocking) {
        client.subscribe("a", Qos.EXACTLY_ONCE);
        intercept((of, message) -> decide(message), blocking);

        publish("1", Qos.AT_LEAST_ONCE);
        publish("drop", Qos.AT_LEAST_ONCE);
        publish("2", Qos.AT_MOST_ONCE);
        publish("reject", Qos.AT_MOST_ONCE);
        publish("break", Qos.EXACTLY_ONCE);
        publish("smuggle", Qos.EXACTLY_ONCE);
        publish("3", Qos.EXACTLY_ONCE);

        broker.until(() -> client.link.payloads().size() == 3);
        assertThat(client.link.payloads()).containsExactly("1!", "2!", "3!");
        assertThat(client.link.sent(Publish.class))
                .extracting(publish -> publish.message().qos())
                .containsExactly(Qos.AT_LEAST_ONCE, Qos.AT_MOST_ONCE, Qos.EXACTLY_ONCE);
        assertThat(broker.statistics().messagesDropped()).isEqualTo(4);
        assertThat(client.context.session().inFlight()).isEqualTo(2);
    }

    @Test
    void waitForAModuleThatIsAbsent() {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
        broker.plugins.delivery(Gate.absent("i"));
        publish("1", Qos.AT_MOST_ONCE);
        publish("2", Qos.AT_LEAST_ONCE);
        assertThat(client.link.payloads()).isEmpty();

        intercept((of, message) -> decide(message), false);
        broker.settle();

        assertThat(client.link.payloads()).containsExactly("1!", "2!");
    }

    @Test
    void areSentAgainWhenTheConnectionIsLostDuringTheJudgement() throws Exception {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
        CountDownLatch asked = new CountDownLatch(1);
        Semaphore goOn = new Semaphore(0);
        intercept(
                (of, message) -> {
                    asked.countDown();
                    goOn.acquire();
                    return Verdict.forward(message);
                },
                true);
        publish("m", Qos.AT_LEAST_ONCE);
        asked.await();
        client.lose();
        goOn.release(10);
        broker.until(() -> broker.plugins.leases() == 0);

        TestClient again = broker.connect(connect5("c", false, 100));

        broker.until(() -> !again.link.payloads().isEmpty());
        assertThat(again.link.payloads()).containsExactly("m");
    }

    @Test
    void skipAMessageThatExpiresDuringTheJudgement() throws Exception {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
        CountDownLatch asked = new CountDownLatch(1);
        Semaphore goOn = new Semaphore(0);
        intercept(
                (of, message) -> {
                    asked.countDown();
                    goOn.acquire();
                    return Verdict.forward(message);
                },
                true);
        broker.core
                .broker()
                .publish(message("a", "short", Qos.AT_LEAST_ONCE)
                        .withProperties(MessageProperties.NONE.withExpirySeconds(0)));
        publish("long", Qos.AT_LEAST_ONCE);
        goOn.release(10);

        broker.until(() -> client.link.payloads().contains("long"));
        assertThat(client.link.payloads()).containsExactly("long");
    }

    @Test
    void goOnWhenTheConnectionCanBeWrittenAgain() {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
        client.link.writable = false;
        publish("1", Qos.AT_MOST_ONCE);
        publish("2", Qos.AT_LEAST_ONCE);
        assertThat(client.link.payloads()).isEmpty();

        client.link.writable = true;
        broker.core.dispatcher().writable(client.context);

        assertThat(client.link.payloads()).containsExactly("1", "2");
    }

    @Test
    void areCountedWhenTheyCannotBeSent() {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
        client.link.unsendable = "large";

        publish("large", Qos.AT_LEAST_ONCE);
        publish("small", Qos.AT_LEAST_ONCE);

        assertThat(client.link.payloads()).containsExactly("small");
        assertThat(broker.statistics().messagesDropped()).isEqualTo(1);
    }

    @Test
    void goOnAfterOneThatCouldNotBeJudged() {
        client.subscribe("a", Qos.AT_LEAST_ONCE);
        intercept((of, message) -> decide(message), true);
        broker.plugins.failing(1);

        publish("1", Qos.AT_LEAST_ONCE);
        publish("2", Qos.AT_LEAST_ONCE);

        broker.until(() -> !client.link.payloads().isEmpty());
        assertThat(client.link.payloads()).containsExactly("2!");
    }
}

package io.gatehouse.kernel.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.intercept.ConnectInterceptor;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class InterceptorChainsTest {
    private static final Duration AMPLE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Client CLIENT = new Client(
            "id",
            "name",
            MqttVersion.V5,
            InetSocketAddress.createUnresolved("192.0.2.1", 40_000),
            "tcp.default",
            List.of(),
            Map.of(),
            false);
    private static final Message MESSAGE = Message.of("a/b", Payload.ofUtf8("x"));
    private static final ConnectRequest CONNECT = new ConnectRequest(CLIENT, null, true, 0, null, List.of());

    private final List<String> asked = new ArrayList<>();
    private final LaneSlot lane = new LaneSlot(0);

    private Gate<PublishInterceptor> gate(String name, boolean blocking, PublishInterceptor interceptor) {
        return Gate.of(
                name,
                (client, message) -> {
                    asked.add(name + " " + message.topic());
                    return interceptor.onPublish(client, message);
                },
                blocking);
    }

    private Gate<PublishInterceptor> renaming(String name, String topic) {
        return gate(name, false, (client, message) -> Verdict.forward(message.withTopic(topic)));
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static PublishChain chain(Gate<PublishInterceptor>... gates) {
        return new PublishChain(List.of(gates), AMPLE);
    }

    private static void assertFailed(Verdict<?> verdict, Gate<?> gate) {
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Reject.class, reject -> {
            assertThat(reject.reason()).isEqualTo(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
            assertThat(reject.explanation()).contains(gate.name());
        });
        assertThat(gate.meter().failures()).isEqualTo(1);
    }

    @Test
    void forwardsUnchangedWhenEmpty() {
        assertThat(chain().isEmpty()).isTrue();
        assertThat(chain().isBlocking()).isFalse();
        assertThat(chain().apply(CLIENT, MESSAGE, lane)).isEqualTo(Verdict.forward(MESSAGE));
    }

    @Test
    void handsToEachWhatTheOneBeforeForwarded() {
        PublishChain chain = chain(renaming("a", "one"), renaming("b", "two"));
        assertThat(chain.isEmpty()).isFalse();
        assertThat(chain.apply(CLIENT, MESSAGE, lane)).isEqualTo(Verdict.forward(MESSAGE.withTopic("two")));
        assertThat(asked).containsExactly("a a/b", "b one");
    }

    @Test
    void endsWithADropOrAReject() {
        Gate<PublishInterceptor> rejecting =
                gate("a", false, (client, message) -> Verdict.reject(ReasonCode.QUOTA_EXCEEDED, "enough"));
        assertThat(chain(gate("d", false, (client, message) -> Verdict.drop()), renaming("b", "x"))
                        .apply(CLIENT, MESSAGE, lane))
                .isEqualTo(Verdict.drop());
        assertThat(chain(rejecting, renaming("b", "x")).apply(CLIENT, MESSAGE, lane))
                .isEqualTo(Verdict.reject(ReasonCode.QUOTA_EXCEEDED, "enough"));
        assertThat(rejecting.meter().refusals()).isEqualTo(1);
        assertThat(asked).containsExactly("d a/b", "a a/b");
    }

    @Test
    void rejectsAtAHole() {
        assertThat(chain(Gate.absent("gone"), renaming("b", "x")).apply(CLIENT, MESSAGE, lane))
                .isEqualTo(Verdict.reject(ReasonCode.SERVER_UNAVAILABLE, "module gone is absent"));
        assertThat(asked).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin may do all the same
    void rejectsWhenAModuleFails() {
        for (boolean blocking : new boolean[] {true, false}) {
            for (PublishInterceptor broken : List.<PublishInterceptor>of(
                    (client, message) -> null,
                    (client, message) -> Verdict.forward(null),
                    (client, message) ->
                            Verdict.forward(new Message("t", null, Qos.AT_MOST_ONCE, false, MessageProperties.NONE)),
                    (client, message) -> Verdict.forward(message.withQos(null)),
                    (client, message) -> Verdict.forward(message.withProperties(null)),
                    (client, message) -> Verdict.forward(message.withTopic(null)),
                    (client, message) -> {
                        throw new IOException("gone");
                    },
                    (client, message) -> {
                        throw new StackOverflowError();
                    },
                    (client, message) -> {
                        throw new NoClassDefFoundError();
                    })) {
                Gate<PublishInterceptor> gate = gate("bad", blocking, broken);
                assertFailed(chain(gate, renaming("b", "x")).applyBlocking(CLIENT, MESSAGE), gate);
            }
        }
        assertThat(asked).allMatch(name -> name.startsWith("bad"));
    }

    @Test
    void rejectsTopicsThatCannotBePublishedTo() {
        for (String topic : List.of("", "a/+", "#", "a\0b", "x".repeat(65_536))) {
            Gate<PublishInterceptor> gate = renaming("a", topic);
            assertFailed(chain(gate).apply(CLIENT, MESSAGE, lane), gate);
        }
        MessageProperties properties = new MessageProperties(false, -1, null, "reply/#", null, List.of());
        Gate<PublishInterceptor> gate =
                gate("a", false, (client, message) -> Verdict.forward(message.withProperties(properties)));
        assertFailed(chain(gate).apply(CLIENT, MESSAGE, lane), gate);
    }

    @Test
    void putsADeadlineOnModulesThatMayBlock() {
        Gate<PublishInterceptor> gate = gate("a", true, (client, message) -> {
            new CountDownLatch(1).await();
            return Verdict.forward(message);
        });
        PublishChain chain = new PublishChain(List.of(gate), SHORT);
        assertThat(chain.isBlocking()).isTrue();
        assertFailed(chain.applyBlocking(CLIENT, MESSAGE), gate);
    }

    @Test
    void neverBlocksALane() {
        PublishChain chain = chain(gate("a", true, (client, message) -> Verdict.forward(message)));
        assertThatThrownBy(() -> chain.apply(CLIENT, MESSAGE, lane)).isInstanceOf(IllegalStateException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void keepsTopicAndQosOfADelivery() {
        for (UnaryOperator<Message> change : List.<UnaryOperator<Message>>of(
                message -> message.withTopic("other"), message -> message.withQos(Qos.EXACTLY_ONCE))) {
            Gate<DeliveryInterceptor> gate =
                    Gate.of("a", (client, message) -> Verdict.forward(change.apply(message)), false);
            assertFailed(new DeliveryChain(List.of(gate), AMPLE).apply(CLIENT, MESSAGE, lane), gate);
        }
        Message signed = MESSAGE.withPayload(Payload.ofUtf8("signed"));
        Gate<DeliveryInterceptor> gate = Gate.of("a", (client, message) -> Verdict.forward(signed), false);
        assertThat(new DeliveryChain(List.of(gate), AMPLE).apply(CLIENT, MESSAGE, lane))
                .isEqualTo(Verdict.forward(signed));
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin may do all the same
    void rejectsSubscriptionsThatCannotBe() {
        Subscription subscription = Subscription.of("a", Qos.AT_MOST_ONCE);
        for (Subscription bad : List.of(
                subscription.withFilter(""),
                subscription.withFilter("a/#/b"),
                subscription.withMaximumQos(null),
                new Subscription("a", Qos.AT_MOST_ONCE, false, false, null))) {
            Gate<SubscribeInterceptor> gate = Gate.of("a", (client, asked) -> Verdict.forward(bad), false);
            assertFailed(new SubscribeChain(List.of(gate), AMPLE).apply(CLIENT, subscription, lane), gate);
        }
        Gate<SubscribeInterceptor> gate =
                Gate.of("a", (client, asked) -> Verdict.forward(asked.withFilter("t/" + asked.filter())), false);
        assertThat(new SubscribeChain(List.of(gate), AMPLE).apply(CLIENT, subscription, lane))
                .isEqualTo(Verdict.forward(subscription.withFilter("t/a")));
    }

    @Test
    void refusesAConnectThatIsDropped() {
        Gate<ConnectInterceptor> gate = Gate.of("a", request -> Verdict.drop(), false);
        assertThat(new ConnectChain(List.of(gate), AMPLE).applyBlocking(CONNECT))
                .isInstanceOfSatisfying(
                        Verdict.Reject.class,
                        reject -> assertThat(reject.reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED));
    }

    @Test
    void putsADeadlineOnEveryConnectInterceptor() {
        Gate<ConnectInterceptor> gate = Gate.of(
                "a",
                request -> {
                    new CountDownLatch(1).await();
                    return Verdict.forward(request);
                },
                false);
        ConnectChain chain = new ConnectChain(List.of(gate), SHORT);
        assertThat(chain.isBlocking()).isTrue();
        assertFailed(chain.applyBlocking(CONNECT), gate);
        assertThat(new ConnectChain(List.of(), SHORT).isBlocking()).isFalse();
    }

    @Test
    @SuppressWarnings("NullAway") // what a plugin may do all the same
    void refusesARewrittenConnectThatCannotBe() {
        for (ConnectRequest bad : List.of(
                new ConnectRequest(null, null, true, 0, null, List.of()),
                new ConnectRequest(withId(""), null, true, 0, null, List.of()),
                new ConnectRequest(withId("a\0b"), null, true, 0, null, List.of()),
                new ConnectRequest(CLIENT, null, true, 0, MESSAGE.withTopic("#"), List.of()))) {
            Gate<ConnectInterceptor> gate = Gate.of("a", request -> Verdict.forward(bad), false);
            assertFailed(new ConnectChain(List.of(gate), AMPLE).applyBlocking(CONNECT), gate);
        }
        ConnectRequest renamed = new ConnectRequest(withId("other"), null, true, 0, MESSAGE, List.of());
        Gate<ConnectInterceptor> gate = Gate.of("a", request -> Verdict.forward(renamed), false);
        assertThat(new ConnectChain(List.of(gate), AMPLE).applyBlocking(CONNECT))
                .isEqualTo(Verdict.forward(renamed));
    }

    private static Client withId(String clientId) {
        return new Client(
                clientId,
                CLIENT.username(),
                CLIENT.version(),
                CLIENT.peer(),
                CLIENT.listener(),
                List.of(),
                Map.of(),
                false);
    }
}

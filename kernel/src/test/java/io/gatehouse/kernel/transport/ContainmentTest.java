package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.FixedPlugins;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.GateLimits;
import io.gatehouse.kernel.security.GateMeter;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.ConnectInterceptor;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Hundreds of calls of plugins that throw, return nothing, hang or do not listen, in every place of every chain, while clients on the same
 * lanes go on publishing: what was asked is denied, and nobody else notices.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ContainmentTest {
    private static final Duration DEADLINE = Duration.ofMillis(400);
    private static final int ROUNDS = 15;
    private static final int ROUNDS_OF_WAITING = 5;

    private final AtomicBoolean over = new AtomicBoolean();
    private final NetworkBroker broker = new NetworkBroker();
    private final FixedPlugins plugins = broker.plugins.deadline(DEADLINE);
    private final List<GoodClient> good = new ArrayList<>();
    private int calls;

    @AfterEach
    void close() throws Exception {
        over.set(true);
        for (GoodClient one : good) {
            one.close();
        }
        broker.close();
    }

    /** Does to those whose name or topic says so what it says, and is quick and kind to all others. */
    private final class Evil
            implements Authenticator,
                    Authorizer,
                    ConnectInterceptor,
                    PublishInterceptor,
                    SubscribeInterceptor,
                    DeliveryInterceptor {
        @Override
        public AuthResult authenticate(ConnectRequest request) throws Exception {
            return act(request.client().clientId(), AuthResult.accept());
        }

        @Override
        public Decision decide(Client client, Action action) throws Exception {
            return act(action.topic(), Decision.ALLOW);
        }

        @Override
        public Verdict<ConnectRequest> onConnect(ConnectRequest request) throws Exception {
            return act(request.client().clientId(), Verdict.forward(request));
        }

        @Override
        public Verdict<Message> onPublish(Client publisher, Message message) throws Exception {
            return act(message.topic(), Verdict.forward(message));
        }

        @Override
        public Verdict<Subscription> onSubscribe(Client subscriber, Subscription subscription) throws Exception {
            return act(subscription.filter(), Verdict.forward(subscription));
        }

        @Override
        public Verdict<Message> onDeliver(Client subscriber, Message message) throws Exception {
            return act(message.topic(), Verdict.forward(message));
        }

        @SuppressWarnings({"unchecked", "NullAway"}) // what a plugin may do all the same
        private <T> T act(String name, T kind) throws Exception {
            if (!name.startsWith("evil/")) {
                return kind;
            }
            return (T) Misbehaviour.valueOf(name.substring("evil/".length())).act(over);
        }
    }

    /** Limits that do not leave the module alone: each call shall be made. */
    private <T> Gate<T> evil(T service) {
        return new Gate<>("evil", service, false, new GateMeter("evil", new GateLimits(1_000_000, DEADLINE, 1_000)), 0);
    }

    private void startGoodClients() throws IOException {
        for (int lane = 0; lane < broker.loops.lanes().all().size(); lane++) {
            good.add(new GoodClient(broker.connect(broker.clientIdOfLane(lane)), "good/" + lane));
        }
        good.forEach(GoodClient::start);
    }

    private void awaitProgress() throws InterruptedException {
        for (GoodClient one : good) {
            one.awaitMore(200);
        }
    }

    private interface Deed {
        void on(WireClient client, String name, int round) throws IOException;
    }

    /** Each misbehaviour, so many times in a row. */
    private void misbehave(Deed deed) throws IOException, InterruptedException {
        for (Misbehaviour kind : Misbehaviour.values()) {
            for (int round = 0; round < (kind.isQuick() ? ROUNDS : ROUNDS_OF_WAITING); round++) {
                try (WireClient client = broker.open()) {
                    deed.on(client, "evil/" + kind, round);
                    calls++;
                }
            }
        }
        awaitProgress();
        assertThat(good).allSatisfy(one -> assertThat(one.problem()).isNull());
    }

    private static void assertRefused(WireClient client, String clientId) throws IOException {
        client.send(WireClient.connectPacket(clientId, 0));
        assertThat(client.receive(ConnAck.class).reason().isFailure()).isTrue();
    }

    private static @Nullable ReasonCode published(WireClient client, String topic) throws IOException {
        client.send(
                new Publish(Message.of(topic, Payload.ofUtf8("m")).withQos(Qos.AT_LEAST_ONCE), false, 1, 0, List.of()));
        return client.receive(PubAck.class).reason();
    }

    @Test
    void nothingThatPluginsDoLetsAnybodyInOrDisturbsTheOthers() throws Exception {
        plugins.authorization(evil(new Evil()));
        plugins.publish(evil(new Evil()));
        startGoodClients();
        awaitProgress(); // past the probation

        plugins.authentication(evil(new Evil()));
        misbehave((client, name, round) -> assertRefused(client, name));

        plugins.authenticator(request -> AuthResult.accept());
        plugins.connect(evil(new Evil()));
        misbehave((client, name, round) -> assertRefused(client, name));
        plugins.connect(Gate.of("connect", Verdict::forward, true));

        misbehave((client, name, round) -> {
            client.connect("authorized-" + round, 0);
            assertThat(published(client, name)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        });

        plugins.authorizer((client, action) -> Decision.ALLOW);
        misbehave((client, name, round) -> {
            client.connect("published-" + round, 0);
            assertThat(published(client, name)).isEqualTo(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        });

        plugins.publish(Gate.of("publish", (client, message) -> Verdict.forward(message), false));
        plugins.subscribe(evil(new Evil()));
        misbehave((client, name, round) -> {
            client.connect("subscribed-" + round, 0);
            client.send(new Subscribe(1, List.of(Subscription.of(name, Qos.AT_LEAST_ONCE)), 0, List.of()));
            assertThat(client.receive(SubAck.class).reasons())
                    .containsExactly(ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR);
        });

        plugins.subscribe(Gate.of("subscribe", (client, one) -> Verdict.forward(one), false));
        plugins.delivery(evil(new Evil()));
        misbehave((client, name, round) -> {
            client.connect("delivered-" + round, 0);
            client.subscribe("+/" + name.substring("evil/".length()), Qos.AT_MOST_ONCE);
            client.subscribe("kind", Qos.AT_MOST_ONCE);
            publish(name);
            publish("kind");
            // The evil one is dropped, and what comes behind it arrives.
            assertThat(client.receive(Publish.class).message().topic()).isEqualTo("kind");
        });
        assertThat(calls).isGreaterThanOrEqualTo(500);
    }

    private void publish(String topic) {
        broker.core.broker().publish(Message.of(topic, Payload.ofUtf8("m")));
    }
}

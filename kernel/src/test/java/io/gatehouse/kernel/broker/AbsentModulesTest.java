package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.GateMeter;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What becomes of packets while a module of their chain is absent. Modules are waited for ten seconds here. */
class AbsentModulesTest {
    private final TestBroker broker = new TestBroker();
    private final TestClient client = broker.connect(connect5("c", true, 0));

    /** A hole that has been there for some time. */
    private static <T> Gate<T> absentFor(Duration time) {
        return new Gate<>("gone", null, false, new GateMeter("gone"), System.nanoTime() - time.toNanos());
    }

    private static Publish publish(int packetId) {
        return new Publish(message("a", "m" + packetId, Qos.AT_LEAST_ONCE), false, packetId, 0, List.of());
    }

    private static Subscribe subscribe() {
        return new Subscribe(7, List.of(Subscription.of("a", Qos.AT_MOST_ONCE)), 0, List.of());
    }

    private void awaitWaiting() {
        assertThat(client.link.paused).isTrue();
        broker.until(() -> broker.plugins.leases() == 0);
        assertThat(client.link.paused).isTrue();
    }

    @Test
    void aPublishWaitsForAnAuthorizerWithoutALease() {
        broker.plugins.authorization(Gate.absent("gone"));
        client.send(publish(1));
        awaitWaiting();
        assertThat(client.link.sent(PubAck.class)).isEmpty();

        broker.plugins.authorizer((of, action) -> Decision.ALLOW);

        broker.until(() -> !client.link.paused);
        assertThat(client.link.sent(PubAck.class))
                .singleElement()
                .satisfies(ack -> assertThat(ack.reason().isFailure()).isFalse());
    }

    @Test
    void aPublishWaitsForAnInterceptorAndNoneIsAskedTwice() {
        AtomicInteger asked = new AtomicInteger();
        broker.plugins.authorizer((of, action) -> {
            asked.incrementAndGet();
            return Decision.ALLOW;
        });
        broker.plugins.publish(Gate.<PublishInterceptor>absent("gone"));
        client.send(publish(1));
        awaitWaiting();

        broker.plugins.publish(Gate.of(
                "gone",
                (of, message) -> {
                    asked.incrementAndGet();
                    return Verdict.forward(message);
                },
                false));

        broker.until(() -> !client.link.paused);
        assertThat(client.link.sent(PubAck.class)).hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aRewrittenMessageWaitsForTheAuthorizerOfItsNewTopic() {
        AtomicInteger asked = new AtomicInteger();
        broker.plugins.publish(Gate.of(
                "i",
                (of, message) -> {
                    asked.incrementAndGet();
                    broker.plugins.authorization(Gate.absent("gone"));
                    return Verdict.forward(message.withTopic("b"));
                },
                true));
        client.send(publish(1));
        broker.until(() -> asked.get() == 1 && broker.plugins.leases() == 0);
        assertThat(client.link.paused).isTrue();

        broker.plugins.authorizer((of, action) -> Decision.ALLOW);

        broker.until(() -> !client.link.paused);
        assertThat(client.link.sent(PubAck.class)).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aSubscribeWaitsForAnAuthorizerAndAnInterceptor() {
        broker.plugins.authorization(Gate.absent("gone"));
        broker.plugins.subscribe(Gate.absent("gone"));
        client.send(subscribe());
        awaitWaiting();
        broker.plugins.subscribe(Gate.of("gone", (of, one) -> Verdict.forward(one.withFilter("b")), false));
        awaitWaiting();
        assertThat(client.link.sent(SubAck.class)).isEmpty();

        broker.plugins.authorizer((of, action) -> action.topic().equals("b") ? Decision.ALLOW : Decision.DENY);

        broker.until(() -> !client.link.paused);
        assertThat(client.link.sent(SubAck.class).getFirst().reasons()).containsExactly(ReasonCode.SUCCESS);
    }

    @Test
    void aConnectWaitsForTheAuthorizerOfItsWill() {
        broker.plugins.authorization(Gate.absent("gone"));
        TestClient other = broker.open();
        other.send(connect5("other", true, 0, new Will(message("w", "will", Qos.AT_MOST_ONCE), 0)));
        broker.until(() -> broker.plugins.leases() == 0);
        assertThat(other.isAnswered()).isFalse();

        broker.plugins.authorizer((of, action) -> Decision.ALLOW);

        broker.until(other::isAnswered);
        assertThat(other.connAck().reason()).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void isRefusedAtOnceWhenTheModuleHasBeenAwayForTooLong() {
        broker.plugins.authorization(absentFor(Duration.ofSeconds(11)));
        client.send(publish(1));
        client.send(subscribe());
        assertThat(client.link.sent(PubAck.class).getFirst().reason()).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.link.sent(SubAck.class).getFirst().reasons()).containsExactly(ReasonCode.NOT_AUTHORIZED);

        broker.plugins.authorizer((of, action) -> Decision.ALLOW);
        broker.plugins.publish(absentFor(Duration.ofSeconds(11)));
        client.send(publish(2));
        assertThat(client.link.sent(PubAck.class).getLast().reason().isFailure())
                .isTrue();
    }

    @Test
    void isRefusedWhenTheModuleDoesNotComeInTime() {
        broker.plugins.publish(absentFor(Duration.ofMillis(9_800)));
        client.sendAndWait(publish(1));
        assertThat(client.link.sent(PubAck.class).getFirst().reason().isFailure())
                .isTrue();
    }

    @Test
    void keepsTheOrderOfWhoWaitsAndDisturbsNobodyElse() {
        Gate<Authorizer> present = Gate.of("authz-test", (of, action) -> Decision.ALLOW, false);
        broker.plugins.authorization(Gate.absent("gone"));
        client.send(publish(1));
        awaitWaiting();
        TestClient other = broker.connect(connect5("other", true, 0));
        other.send(new PingReq());
        assertThat(other.link.sent(PingResp.class)).hasSize(1);

        broker.plugins.authorization(present);
        broker.until(() -> !client.link.paused);
        client.send(publish(2));
        assertThat(client.link.sent(PubAck.class)).extracting(PubAck::packetId).containsExactly(1, 2);
    }

    @Test
    void noDecisionOfARemovedAuthorizerIsRemembered() {
        broker.plugins.authorizer((of, action) -> Decision.ALLOW);
        assertThat(client.publish(message("a", "m", Qos.AT_LEAST_ONCE), 1).isFailure())
                .isFalse();
        broker.plugins.authorizer((of, action) -> Decision.DENY);
        assertThat(client.publish(message("a", "m", Qos.AT_LEAST_ONCE), 2)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        broker.plugins.authorization(absentFor(Duration.ofMinutes(1)));
        broker.plugins.authorizer((of, action) -> Decision.ALLOW);
        broker.plugins.authorization(absentFor(Duration.ofMinutes(1)));
        assertThat(client.publish(message("a", "m", Qos.AT_LEAST_ONCE), 3)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }
}

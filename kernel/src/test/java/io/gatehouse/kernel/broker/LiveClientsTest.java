package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect5;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Changes of policy reach clients that are connected already. */
class LiveClientsTest {
    private final TestBroker broker = new TestBroker();

    @Test
    void endsSubscriptionsThatAreNoLongerPermitted() {
        AtomicBoolean denied = new AtomicBoolean();
        broker.plugins.authorizer(
                (of, action) -> denied.get() && action.topic().equals("a") ? Decision.DENY : Decision.ALLOW);
        TestClient connected = broker.connect(connect5("connected", true, 0));
        TestClient away = broker.connect(connect5("away", true, 100));
        for (TestClient client : new TestClient[] {connected, away}) {
            client.subscribe("a", Qos.AT_MOST_ONCE);
            client.subscribe("b", Qos.AT_MOST_ONCE);
        }
        away.lose();

        denied.set(true);
        broker.revocation.changedForAll();

        broker.until(() -> broker.statistics().subscriptions() == 2);
        assertThat(connected.context.session().subscriptions()).containsOnlyKeys("b");
        assertThat(connected.link.closed).isFalse();
    }

    @Test
    void forgetsRememberedDecisions() {
        AtomicBoolean denied = new AtomicBoolean();
        broker.plugins.authorizer((of, action) -> denied.get() ? Decision.DENY : Decision.ALLOW);
        TestClient client = broker.connect(connect5("c", true, 0));
        assertThat(client.subscribe("a", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.SUCCESS);

        denied.set(true);
        broker.revocation.changedForAll();

        assertThat(client.subscribe("a", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void keepsSubscriptionsWhileNobodyCanTellAndAsksAgainOnce() {
        AtomicBoolean down = new AtomicBoolean();
        AtomicBoolean denied = new AtomicBoolean();
        broker.plugins.authorizer((of, action) -> {
            if (down.get()) {
                throw new IllegalStateException("backend down");
            }
            return denied.get() ? Decision.DENY : Decision.ALLOW;
        });
        TestClient client = broker.connect(connect5("c", true, 0));
        client.subscribe("a", Qos.AT_MOST_ONCE);
        down.set(true);
        for (int i = 0; i < 5; i++) {
            broker.revocation.changedForAll();
            broker.until(() -> timers() == 1 && broker.plugins.leases() == 0);
        }
        assertThat(broker.statistics().subscriptions()).isEqualTo(1);

        down.set(false);
        denied.set(true);
        broker.advance(Duration.ofSeconds(5));

        broker.until(() -> broker.statistics().subscriptions() == 0);
        assertThat(timers()).isZero();
    }

    @Test
    void asksAgainWhenItCouldNotEvenAsk() {
        AtomicBoolean denied = new AtomicBoolean();
        broker.plugins.authorizer((of, action) -> denied.get() ? Decision.DENY : Decision.ALLOW);
        TestClient client = broker.connect(connect5("c", true, 0));
        client.subscribe("a", Qos.AT_MOST_ONCE);
        broker.plugins.failing(1);
        denied.set(true);
        broker.revocation.changedForAll();
        broker.until(() -> timers() == 1);

        broker.advance(Duration.ofSeconds(5));

        broker.until(() -> broker.statistics().subscriptions() == 0);
    }

    private int timers() {
        return broker.lanes.stream().mapToInt(lane -> lane.timers()).sum();
    }

    @Test
    void asksNobodyAgainForASessionThatHasEnded() {
        broker.plugins.authorization(Gate.of("authz-test", (of, action) -> Decision.ALLOW, false));
        TestClient client = broker.connect(connect5("c", true, 0));
        client.subscribe("a", Qos.AT_MOST_ONCE);
        broker.plugins.authorization(Gate.absent("authz-test"));
        broker.until(() -> timers() == 1);

        client.lose();

        assertThat(timers()).isZero();
    }

    @Test
    void disconnectsRevokedClients() {
        TestClient revoked = broker.connect(connect5("revoked", true, 0));
        TestClient other = broker.connect(connect5("other", true, 0));
        revoked.link.take();

        broker.revocation.revoked(client -> client.clientId().equals("revoked"));
        broker.settle();

        assertThat(revoked.link.sent()).containsExactly(new Disconnect(ReasonCode.NOT_AUTHORIZED));
        assertThat(revoked.link.closed).isTrue();
        assertThat(other.link.closed).isFalse();
    }

    @Test
    void disconnectsAClientOnRequest() {
        TestClient client = broker.connect(connect5("c", true, 100));
        client.link.take();

        assertThat(broker.core.broker().disconnect("c", ReasonCode.ADMINISTRATIVE_ACTION))
                .satisfies(done -> broker.settle())
                .isCompletedWithValue(true);
        assertThat(client.link.sent()).containsExactly(new Disconnect(ReasonCode.ADMINISTRATIVE_ACTION));
        client.lose();
        assertThat(broker.core.broker().disconnect("c", ReasonCode.ADMINISTRATIVE_ACTION))
                .satisfies(done -> broker.settle())
                .isCompletedWithValue(false);
        assertThat(broker.core.broker().disconnect("nobody", ReasonCode.ADMINISTRATIVE_ACTION))
                .isCompletedWithValue(false);
    }
}

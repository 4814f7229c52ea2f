package io.gatehouse.e2e.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.HostedBroker;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules that block, and modules that break. */
class BlockingRolesIT {
    private static final int MESSAGES = 30;

    @RegisterExtension
    static final HostedBroker BROKER = HostedBroker.with("""
            authentication { chain = [auth-broken, auth-builtin], deadline = 500ms }
            authorization { sources = [authz-slow, authz-acl], deadline = 500ms }
            interceptors { publish = [slow-rewriter], delivery = [slow-rewriter] }
            """);

    private static WireClient connect(String name) {
        return WireClient.connect(BROKER.port(), new ConnectPacket(name));
    }

    @Test
    void blockingInterceptorsKeepTheOrder() {
        try (WireClient subscriber = connect("sub").subscribe("order", Qos.EXACTLY_ONCE);
                WireClient publisher = connect("pub")) {
            for (int i = 0; i < MESSAGES; i++) { // all at once: nobody waits for an acknowledgement
                publisher.send(
                        new Publish(WireClient.message("order", "" + i, Qos.AT_MOST_ONCE), false, 0, 0, List.of()));
            }
            publisher.publish("order", "last", Qos.EXACTLY_ONCE);
            for (int i = 0; i < MESSAGES; i++) {
                assertThat(subscriber.nextText()).isEqualTo(i + " in out");
            }
            assertThat(subscriber.nextText()).isEqualTo("last in out");
        }
    }

    @Test
    void aBlockingAuthorizerIsAskedAwayFromTheLane() {
        try (WireClient client = connect("c")) {
            client.subscribe("slow/x", Qos.AT_LEAST_ONCE);
            assertThat(client.trySubscribe(Subscription.of("slow/denied", Qos.AT_LEAST_ONCE), 0))
                    .isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(client.publish("slow/denied", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        }
    }

    @Test
    void anAuthorizerThatHangsDeniesAndHoldsNobodyElseUp() {
        try (WireClient waiting = connect("waiting");
                WireClient other = connect("other")) {
            waiting.send(new Publish(WireClient.message("slow/hangs", "x", Qos.AT_LEAST_ONCE), false, 1, 0, List.of()));
            assertThat(other.publish("slow/x", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
            assertThat(waiting.receive(PubAck.class).reason().isFailure()).isTrue();
            waiting.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "fails", "nothing", "hangs"})
    void anAuthenticatorThatBreaksRefuses(String user) {
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").credentials(user, "x")))
                .isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
    }
}

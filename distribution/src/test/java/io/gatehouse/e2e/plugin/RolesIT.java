package io.gatehouse.e2e.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerFolder;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.Finished;
import io.gatehouse.e2e.fixture.HostedBroker;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each role of the SDK in a whole broker, on the lane where it may choose. */
class RolesIT {
    @RegisterExtension
    static final HostedBroker BROKER = HostedBroker.with("""
            authentication { chain = [auth-talk, auth-name, auth-builtin] }
            authorization { sources = [authz-policy, authz-lane, authz-acl] }
            interceptors { connect = [rewriter], publish = [rewriter], subscribe = [rewriter], delivery = [rewriter] }
            """);

    private final List<WireClient> open = new ArrayList<>();

    @AfterEach
    void closeAll() {
        open.forEach(WireClient::close);
    }

    private WireClient connect(ConnectPacket connect) {
        WireClient client = WireClient.connect(BROKER.port(), connect);
        open.add(client);
        return client;
    }

    private WireClient connect(String name) {
        return connect(new ConnectPacket(name));
    }

    private WireClient root() {
        return connect(new ConnectPacket("root").user("root"));
    }

    private static Auth auth(ReasonCode reason, String data) {
        return new Auth(reason, "TALK", Payload.ofUtf8(data), null, List.of());
    }

    // ---- authenticators

    @Test
    void theRulesOfAnAuthenticatorComeBeforeAllSources() {
        WireClient client = connect(new ConnectPacket("rules").credentials("with-rules", ""));
        client.subscribe("rules/#", Qos.AT_LEAST_ONCE);
        assertThat(client.trySubscribe(Subscription.of("other", Qos.AT_LEAST_ONCE), 0))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.publish("other", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void anAuthenticatorMayGiveAnotherIdentity() {
        WireClient client = connect(new ConnectPacket("claimed").credentials("renamed", ""));
        assertThat(client.connAck().properties().assignedClientId()).isEqualTo("given-by-the-module");
        assertThat(client.publish("anywhere", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    }

    @Test
    void anAuthenticatorMayMakeASuperuser() {
        connect(new ConnectPacket("powerful").credentials("powerful", "")).subscribe("forbidden/#", Qos.AT_MOST_ONCE);
    }

    @Test
    void theAttributesOfAnAuthenticatorReachTheAuthorizer() {
        assertThat(connect("without").trySubscribe(Subscription.of("lane/tenant", Qos.AT_MOST_ONCE), 0))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
        connect(new ConnectPacket("acme").credentials("with-attributes", ""))
                .subscribe("lane/tenant", Qos.AT_MOST_ONCE);
    }

    @Test
    void aConnectionEndsWhenItsCredentialsExpire() {
        connect(new ConnectPacket("expiring").credentials("soon-over", "")).expectDisconnect(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aRejectionEndsTheChain() {
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").credentials("unwelcome", "")))
                .isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
    }

    @Test
    void enhancedAuthenticationIsAConversation() {
        WireClient client = WireClient.open(BROKER.port());
        open.add(client);
        client.send(new ConnectPacket("talker").method("TALK", "hello"));
        assertThat(client.receive(Auth.class)).isEqualTo(auth(ReasonCode.CONTINUE_AUTHENTICATION, "who are you?"));
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "alice"));
        ConnAck accepted = client.receive(ConnAck.class);
        assertThat(accepted.reason()).isEqualTo(ReasonCode.SUCCESS);
        assertThat(accepted.properties().authenticationMethod()).isEqualTo("TALK");
        assertThat(accepted.properties().authenticationData()).isEqualTo(Payload.ofUtf8("welcome"));
        client.subscribe("talk", Qos.AT_LEAST_ONCE); // alice may
    }

    @Test
    void reauthenticationChangesWhatAClientMayOrEndsTheConnection() {
        WireClient client = WireClient.connect(BROKER.port(), new ConnectPacket("again").method("TALK", "alice"));
        open.add(client);
        client.subscribe("talk", Qos.AT_LEAST_ONCE);
        client.send(auth(ReasonCode.REAUTHENTICATE, "hello"));
        client.receive(Auth.class);
        client.send(auth(ReasonCode.CONTINUE_AUTHENTICATION, "nobody"));
        assertThat(client.receive(Auth.class)).isEqualTo(auth(ReasonCode.SUCCESS, "welcome"));
        assertThat(client.publish("talk", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        client.send(auth(ReasonCode.REAUTHENTICATE, "mallory"));
        client.expectDisconnect(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void refusesAFailedConversationAndAnUnknownMethod() {
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").method("TALK", "mallory")))
                .isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD);
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x").method("SHOUT", "alice")))
                .isEqualTo(ReasonCode.BAD_AUTHENTICATION_METHOD);
    }

    @Test
    void nothingButAuthMayComeDuringAConversation() {
        WireClient client = WireClient.open(BROKER.port());
        open.add(client);
        client.send(new ConnectPacket("hasty").method("TALK", "hello")).receive(Auth.class);
        client.sendHex("3004 0001 61 00");
        assertThat(client.receive(ConnAck.class).reason()).isEqualTo(ReasonCode.PROTOCOL_ERROR);
        client.expectClosed();
    }

    // ---- authorizers

    @Test
    void theFirstAuthorizerWithAnOpinionDecides() {
        WireClient client = connect("lane");
        assertThat(client.publish("lane/denied", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.publish("lane/allowed", "x", Qos.AT_LEAST_ONCE))
                .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    }

    @Test
    void anAuthorizerThatThrowsDenies() {
        assertThat(connect("lane")
                        .publish("lane/throws", "x", Qos.AT_LEAST_ONCE)
                        .isFailure())
                .isTrue();
    }

    // ---- interceptors

    @Test
    void aConnectInterceptorMayRefuse() {
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("banned-1")))
                .isEqualTo(ReasonCode.BANNED);
    }

    @Test
    void aPublishInterceptorMayRewriteDropAndReject() {
        WireClient subscriber = connect("sub").subscribe("publish/#", Qos.AT_LEAST_ONCE);
        WireClient publisher = connect("pub");
        publisher.publish("publish/upper", "loud", Qos.AT_LEAST_ONCE);
        assertThat(publisher.publish("publish/dropped", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.SUCCESS);
        assertThat(publisher.publish("publish/rejected", "x", Qos.EXACTLY_ONCE)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(publisher.publish("publish/throws", "x", Qos.AT_LEAST_ONCE).isFailure())
                .isTrue();
        publisher.publish("publish/elsewhere", "publish/moved", Qos.AT_LEAST_ONCE);
        assertThat(subscriber.nextText()).isEqualTo("LOUD");
        assertThat(subscriber.next().message().topic()).isEqualTo("publish/moved");
    }

    @Test
    void whatAPublishInterceptorRewroteIsAuthorizedAgain() {
        WireClient watcher = root().subscribe("forbidden/#", Qos.AT_LEAST_ONCE);
        assertThat(connect("pub").publish("publish/elsewhere", "forbidden/x", Qos.AT_LEAST_ONCE))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
        watcher.publish("forbidden/x", "only this", Qos.AT_MOST_ONCE);
        assertThat(watcher.nextText()).isEqualTo("only this");
    }

    @Test
    void aPublishInterceptorMayRetain() {
        connect("pub").publish("publish/retained", "kept", Qos.AT_LEAST_ONCE);
        assertThat(connect("late")
                        .subscribe("publish/retained", Qos.AT_LEAST_ONCE)
                        .next()
                        .message()
                        .retain())
                .isTrue();
    }

    @Test
    void aSubscribeInterceptorMayRewriteAndReject() {
        WireClient subscriber = connect("sub").subscribe("subscribe/alias", Qos.AT_LEAST_ONCE);
        connect("pub").publish("subscribe/real", "x", Qos.AT_LEAST_ONCE);
        assertThat(subscriber.nextText()).isEqualTo("x");
        assertThat(subscriber.trySubscribe(Subscription.of("subscribe/rejected", Qos.AT_MOST_ONCE), 0))
                .isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(subscriber.trySubscribe(Subscription.of("subscribe/forbidden", Qos.AT_MOST_ONCE), 0))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
    }

    @Test
    void aDeliveryInterceptorRewritesForEachSubscriberAndDrops() {
        WireClient one = connect("one").subscribe("deliver/#", Qos.AT_LEAST_ONCE);
        WireClient two = connect("two").subscribe("deliver/#", Qos.EXACTLY_ONCE);
        WireClient publisher = connect("pub");
        publisher.publish("deliver/x", "hello", Qos.EXACTLY_ONCE);
        publisher.publish("deliver/x", "not for two", Qos.EXACTLY_ONCE);
        publisher.publish("deliver/x", "bye", Qos.EXACTLY_ONCE);
        assertThat(List.of(one.nextText(), one.nextText(), one.nextText()))
                .containsExactly("hello to one", "not for two to one", "bye to one");
        assertThat(List.of(two.nextText(), two.nextText())).containsExactly("hello to two", "bye to two");
    }

    // ---- listeners and services

    @Test
    void listenersHearTheWholeLifeOfAClient() {
        WireClient watcher = root().subscribe("events/heard", Qos.AT_MOST_ONCE);
        WireClient client = connect("heard").subscribe("hear", Qos.AT_LEAST_ONCE);
        client.publish("hear", "x", Qos.AT_MOST_ONCE);
        client.next();
        client.disconnect();
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            events.add(watcher.nextText());
        }
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "connected false",
                        "subscribed hear",
                        "published hear",
                        "delivered hear",
                        "disconnected SUCCESS",
                        "unsubscribed hear");
        WireClient.refused(BROKER.port(), new ConnectPacket("heard").credentials("alice", "wrong"));
        assertThat(watcher.nextText()).isEqualTo("refused BAD_USER_NAME_OR_PASSWORD");
    }

    @Test
    void aPluginMayDisconnectAndLook() {
        WireClient watcher = root().subscribe("control/answer", Qos.AT_MOST_ONCE);
        WireClient victim = connect("victim").subscribe("a", Qos.AT_MOST_ONCE).subscribe("b", Qos.AT_MOST_ONCE);
        WireClient commander = connect("commander");
        commander.publish("control/view", "victim", Qos.AT_LEAST_ONCE);
        assertThat(watcher.nextText()).isEqualTo("true 2 of 3");
        commander.publish("control/kick", "victim", Qos.AT_LEAST_ONCE);
        victim.expectDisconnect(ReasonCode.ADMINISTRATIVE_ACTION);
    }

    @Test
    void revokedClientsAreDisconnected() {
        WireClient stays = connect("stays");
        WireClient revoked = connect("revoked");
        connect("commander").publish("control/revoke", "revoked", Qos.AT_LEAST_ONCE);
        revoked.expectDisconnect(ReasonCode.NOT_AUTHORIZED);
        stays.ping();
    }

    @Test
    void aChangeOfPolicyIsFeltAtOnceAndShownAsDegraded() {
        WireClient subscriber =
                connect("sub").subscribe("closing", Qos.AT_LEAST_ONCE).subscribe("open", Qos.AT_LEAST_ONCE);
        WireClient publisher = connect("pub");
        publisher.publish("closing", "still open", Qos.AT_LEAST_ONCE);
        assertThat(subscriber.nextText()).isEqualTo("still open");
        WireClient watcher = root().subscribe("events/sub", Qos.AT_MOST_ONCE);
        publisher.publish("control/close", "closing", Qos.AT_LEAST_ONCE);
        assertThat(watcher.nextText()).isEqualTo("unsubscribed closing");
        assertThat(publisher.publish("closing", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        root().publish("closing", "superusers may", Qos.AT_LEAST_ONCE);
        publisher.publish("open", "goes on", Qos.AT_LEAST_ONCE);
        Publish next = subscriber.next();
        assertThat(next.message().topic()).isEqualTo("open");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(pluginList()).contains("1 topics are closed"));
    }

    private static String pluginList() {
        Finished list = Finished.of(
                BrokerFolder.command(List.of(
                        "plugin", "list", "--data", BROKER.folder().data().toString())),
                "");
        assertThat(list.exitCode()).as(list.err()).isZero();
        return list.out();
    }
}

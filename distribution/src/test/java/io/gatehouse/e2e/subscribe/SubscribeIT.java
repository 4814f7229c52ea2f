package io.gatehouse.e2e.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class SubscribeIT {
    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.standard();

    private final String topic;
    private final List<WireClient> open = new ArrayList<>();

    SubscribeIT(TestInfo test) {
        topic = "subscribe/" + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void closeAll() {
        open.forEach(WireClient::close);
    }

    private WireClient connect(String name) {
        return connect(new ConnectPacket(name));
    }

    private WireClient connect(ConnectPacket connect) {
        WireClient client = WireClient.connect(BROKER.port(), connect);
        open.add(client);
        return client;
    }

    private Subscription options(boolean noLocal, boolean asPublished, RetainHandling handling) {
        return new Subscription(topic, Qos.AT_LEAST_ONCE, noLocal, asPublished, handling);
    }

    @Test
    void answersEachFilterOnItsOwn() {
        WireClient client = connect("many");
        client.send(new Subscribe(
                1,
                List.of(
                        Subscription.of(topic, Qos.AT_MOST_ONCE),
                        Subscription.of(topic + "/1", Qos.AT_LEAST_ONCE),
                        Subscription.of(topic + "/2", Qos.EXACTLY_ONCE),
                        Subscription.of("forbidden/x", Qos.AT_MOST_ONCE),
                        Subscription.of("1/2/3/4/5/6/7/8/9/10/11", Qos.AT_MOST_ONCE)),
                0,
                List.of()));
        assertThat(client.receive(SubAck.class).reasons())
                .containsExactly(
                        ReasonCode.SUCCESS,
                        ReasonCode.GRANTED_QOS_1,
                        ReasonCode.GRANTED_QOS_2,
                        ReasonCode.NOT_AUTHORIZED,
                        ReasonCode.TOPIC_FILTER_INVALID);
    }

    @Test
    void endsASubscription() {
        WireClient client =
                connect("leaver").subscribe(topic, Qos.AT_LEAST_ONCE).subscribe("keep", Qos.AT_LEAST_ONCE);
        client.send(new Unsubscribe(9, List.of(topic, "never/subscribed"), List.of()));
        assertThat(client.receive(UnsubAck.class).reasons())
                .containsExactly(ReasonCode.SUCCESS, ReasonCode.NO_SUBSCRIPTION_EXISTED);
        WireClient publisher = connect("publisher");
        publisher.publish(topic, "no more", Qos.AT_LEAST_ONCE);
        publisher.publish("keep", "still", Qos.AT_LEAST_ONCE);
        assertThat(client.nextText()).isEqualTo("still");
    }

    @Test
    void sendsRetainedMessagesAsAskedFor() {
        connect("publisher").publishRetained(topic, "kept");
        WireClient never = connect("never").subscribe(options(false, false, RetainHandling.DO_NOT_SEND), 0);
        WireClient once = connect("once").subscribe(options(false, false, RetainHandling.SEND_IF_NEW), 0);
        assertThat(once.nextText()).isEqualTo("kept");
        once.subscribe(options(false, false, RetainHandling.SEND_IF_NEW), 0).ping();
        WireClient always = connect("always").subscribe(options(false, false, RetainHandling.SEND), 0);
        assertThat(always.nextText()).isEqualTo("kept");
        always.subscribe(options(false, false, RetainHandling.SEND), 0);
        assertThat(always.nextText()).isEqualTo("kept");
        never.ping();
    }

    @Test
    void keepsTheRetainFlagForThoseWhoAskForIt() {
        WireClient plain = connect("plain").subscribe(options(false, false, RetainHandling.SEND), 0);
        WireClient bridge = connect("bridge").subscribe(options(false, true, RetainHandling.SEND), 0);
        connect("publisher").publishRetained(topic, "live");
        assertThat(plain.next().message().retain()).isFalse();
        assertThat(bridge.next().message().retain()).isTrue();
    }

    @Test
    void doesNotSendItsOwnMessagesToWhoWantsNone() {
        WireClient echo = connect("echo").subscribe(topic, Qos.AT_LEAST_ONCE);
        WireClient mute = connect("mute").subscribe(options(true, false, RetainHandling.SEND), 0);
        mute.publish(topic, "mine", Qos.AT_LEAST_ONCE);
        assertThat(echo.nextText()).isEqualTo("mine");
        connect("other").publish(topic, "of another", Qos.AT_LEAST_ONCE);
        assertThat(mute.nextText()).isEqualTo("of another");
    }

    @Test
    void noLocalCannotBeShared() {
        connect("wrong")
                .send(new Subscribe(
                        1,
                        List.of(new Subscription(
                                "$share/g/" + topic, Qos.AT_LEAST_ONCE, true, false, RetainHandling.SEND)),
                        0,
                        List.of()))
                .expectDisconnect(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void tellsTheIdentifiersOfAllSubscriptionsThatMatch() {
        WireClient client = connect("ids")
                .subscribe(Subscription.of(topic + "/#", Qos.AT_MOST_ONCE), 7)
                .subscribe(Subscription.of(topic + "/+", Qos.EXACTLY_ONCE), 268_435_455)
                .subscribe(Subscription.of(topic + "/a", Qos.AT_LEAST_ONCE), 0);
        connect("publisher").publish(topic + "/a", "x", Qos.EXACTLY_ONCE);
        Publish once = client.next();
        assertThat(once.subscriptionIds()).containsExactlyInAnyOrder(7, 268_435_455);
        assertThat(once.message().qos()).isEqualTo(Qos.EXACTLY_ONCE);
        client.ping(); // one copy, with the highest QoS
    }

    @Test
    void subscribingAgainReplaces() {
        WireClient client = connect("again")
                .subscribe(Subscription.of(topic, Qos.EXACTLY_ONCE), 1)
                .subscribe(Subscription.of(topic, Qos.AT_MOST_ONCE), 2);
        connect("publisher").publish(topic, "x", Qos.EXACTLY_ONCE);
        Publish got = client.next();
        assertThat(got.subscriptionIds()).containsExactly(2);
        assertThat(got.message().qos()).isEqualTo(Qos.AT_MOST_ONCE);
        client.ping();
    }

    @Test
    void hidesDollarTopicsFromLeadingWildcards() {
        WireClient all = connect(new ConnectPacket("all").user("root"));
        all.subscribe("#", Qos.AT_LEAST_ONCE).subscribe("+/" + topic, Qos.AT_LEAST_ONCE);
        WireClient named = connect(new ConnectPacket("named").user("root"));
        named.subscribe("$hidden/#", Qos.AT_LEAST_ONCE);
        WireClient publisher = connect(new ConnectPacket("publisher").user("root"));
        publisher.publish("$hidden/" + topic, "hidden", Qos.AT_LEAST_ONCE);
        publisher.publish("shown/" + topic, "shown", Qos.AT_LEAST_ONCE);
        assertThat(named.nextText()).isEqualTo("hidden");
        assertThat(all.nextText()).isEqualTo("shown");
    }

    @Test
    void sharesAmongManyOnAllLanesNoneLostNoneTwice() {
        int members = 6;
        int messages = 120;
        List<WireClient> group = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            group.add(connect("member-" + i).subscribe("$share/group/" + topic, Qos.AT_LEAST_ONCE));
        }
        WireClient other = connect("other-group").subscribe("$share/other/" + topic, Qos.AT_LEAST_ONCE);
        WireClient publisher = connect("publisher");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            sent.add("message " + i);
            publisher.publish(topic, "message " + i, Qos.AT_LEAST_ONCE);
        }
        List<String> got = new ArrayList<>();
        for (WireClient member : group) {
            for (int i = 0; i < messages / members; i++) { // round robin: everybody the same number
                got.add(member.nextText());
            }
            member.ping();
        }
        assertThat(got).containsExactlyInAnyOrderElementsOf(sent);
        for (String each : sent) {
            assertThat(other.nextText()).isEqualTo(each);
        }
    }

    @Test
    void sharedSubscriptionsGetNoRetainedMessages() {
        connect("publisher").publishRetained(topic, "kept");
        connect("shared").subscribe("$share/group/" + topic, Qos.AT_LEAST_ONCE).ping();
    }

    @Test
    void goesOnWithTheOthersWhenAMemberLeaves() {
        WireClient stays = connect("stays").subscribe("$share/group/" + topic, Qos.AT_LEAST_ONCE);
        WireClient leaves = connect("leaves").subscribe("$share/group/" + topic, Qos.AT_LEAST_ONCE);
        leaves.disconnect();
        WireClient publisher = connect("publisher");
        for (int i = 0; i < 4; i++) {
            publisher.publish(topic, "message " + i, Qos.AT_LEAST_ONCE);
            assertThat(stays.nextText()).isEqualTo("message " + i);
        }
    }
}

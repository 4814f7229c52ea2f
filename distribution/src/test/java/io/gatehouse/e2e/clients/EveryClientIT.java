package io.gatehouse.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.peer.Peer;
import io.gatehouse.e2e.peer.Peer.Received;
import io.gatehouse.e2e.peer.PeerKind;
import io.gatehouse.e2e.peer.PeerSettings;
import io.gatehouse.e2e.peer.Peers;
import io.gatehouse.e2e.peer.Refused;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people do with MQTT; the other end is a client of the same kind. */
class EveryClientIT {
    private static final int BAD_USER_NAME_OR_PASSWORD_3 = 4;
    private static final int BAD_USER_NAME_OR_PASSWORD_5 = 0x86;
    private static final int NOT_AUTHORIZED_3 = 5;
    private static final int NOT_AUTHORIZED_5 = 0x87;
    private static final int SUBSCRIPTION_FAILED = 0x80;

    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.standard();

    @RegisterExtension
    static final Peers PEERS = new Peers(BROKER);

    @ParameterizedTest
    @EnumSource
    void deliversEachQos(PeerKind kind) throws Exception {
        String topic = PEERS.unique("qos");
        Peer subscriber = PEERS.connect(kind, "sub");
        subscriber.subscribe(topic, 2);
        Peer publisher = PEERS.connect(kind, "pub");
        for (int qos = 0; qos <= 2; qos++) {
            publisher.publish(topic, "message " + qos, qos, false);
            assertThat(subscriber.next()).isEqualTo(new Received(topic, "message " + qos, qos, false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lowersQosToWhatWasSubscribed(PeerKind kind) throws Exception {
        String topic = PEERS.unique("lower");
        Peer subscriber = PEERS.connect(kind, "sub");
        subscriber.subscribe(topic, 1);
        Peer publisher = PEERS.connect(kind, "pub");
        publisher.publish(topic, "exactly once", 2, false);
        publisher.publish(topic, "at most once", 0, false);
        assertThat(subscriber.next()).isEqualTo(new Received(topic, "exactly once", 1, false));
        assertThat(subscriber.next()).isEqualTo(new Received(topic, "at most once", 0, false));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheLastRetainedMessageUntilItIsCleared(PeerKind kind) throws Exception {
        String topic = PEERS.unique("retained");
        Peer publisher = PEERS.connect(kind, "pub");
        publisher.publish(topic, "first", 1, true);
        publisher.publish(topic, "second", 1, true);
        Peer early = PEERS.connect(kind, "early");
        early.subscribe(topic, 1);
        assertThat(early.next()).isEqualTo(new Received(topic, "second", 1, true));

        publisher.publish(topic, "", 1, true);
        assertThat(early.next()).isEqualTo(new Received(topic, "", 1, false));
        Peer late = PEERS.connect(kind, "late");
        late.subscribe(topic, 1);
        publisher.publish(topic, "live", 1, false);
        assertThat(late.next()).isEqualTo(new Received(topic, "live", 1, false));
    }

    @ParameterizedTest
    @EnumSource
    void sendsTheWillWhenTheConnectionIsLost(PeerKind kind) throws Exception {
        String topic = PEERS.unique("will");
        Peer watcher = PEERS.connect(kind, "watcher");
        watcher.subscribe(topic, 1);
        PEERS.connectByCable(kind, "mortal", settings -> settings.will(topic));
        PEERS.cutCable();
        assertThat(watcher.next()).isEqualTo(new Received(topic, PeerSettings.WILL_PAYLOAD, 1, false));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheWillToItselfWhenTheClientSaysGoodBye(PeerKind kind) throws Exception {
        String topic = PEERS.unique("will");
        Peer watcher = PEERS.connect(kind, "watcher");
        watcher.subscribe(topic, 1);
        PEERS.connect(kind, "polite", settings -> settings.will(topic)).disconnect();
        // The same identifier again: the broker is done with the first connection before it answers the second.
        PEERS.connect(kind, "polite").publish(topic, "afterwards", 1, false);
        assertThat(watcher.next().payload()).isEqualTo("afterwards");
    }

    @ParameterizedTest
    @EnumSource
    void matchesWildcards(PeerKind kind) throws Exception {
        String root = PEERS.unique("wild");
        Peer single = PEERS.connect(kind, "single");
        single.subscribe(root + "/+/c", 1);
        Peer multi = PEERS.connect(kind, "multi");
        multi.subscribe(root + "/#", 1);
        Peer publisher = PEERS.connect(kind, "pub");
        List<String> topics = List.of(root, root + "/b", root + "/b/c", root + "/b/c/d", root + "//c");
        for (String topic : topics) {
            publisher.publish(topic, "x", 1, false);
        }
        assertThat(List.of(single.next().topic(), single.next().topic())).containsExactly(root + "/b/c", root + "//c");
        assertThat(topicsOf(multi, topics.size())).isEqualTo(topics);
    }

    @ParameterizedTest
    @EnumSource
    void sharesASubscription(PeerKind kind) throws Exception {
        String topic = PEERS.unique("work");
        Peer one = PEERS.connect(kind, "one");
        one.subscribe("$share/workers/" + topic, 1);
        Peer two = PEERS.connect(kind, "two");
        two.subscribe("$share/workers/" + topic, 1);
        Peer publisher = PEERS.connect(kind, "pub");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add("job " + i);
            publisher.publish(topic, "job " + i, 1, false);
        }
        List<String> got = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            got.add(one.next().payload());
            got.add(two.next().payload());
        }
        assertThat(got).containsExactlyInAnyOrderElementsOf(sent);
    }

    @ParameterizedTest
    @EnumSource
    void keepsMessagesForASessionWhileItsClientIsAway(PeerKind kind) throws Exception {
        String topic = PEERS.unique("away");
        Peer before = PEERS.connectByCable(kind, "sleeper", PeerSettings::keepingSession);
        before.subscribe(topic, 2);
        before.disconnect();
        Peer publisher = PEERS.connect(kind, "pub");
        publisher.publish(topic, "one", 1, false);
        publisher.publish(topic, "two", 2, false);
        Peer after = PEERS.connect(kind, "sleeper", PeerSettings::keepingSession);
        assertThat(after.next()).isEqualTo(new Received(topic, "one", 1, false));
        assertThat(after.next()).isEqualTo(new Received(topic, "two", 2, false));
        publisher.publish(topic, "three", 0, false);
        assertThat(after.next().payload()).isEqualTo("three");
    }

    @ParameterizedTest
    @EnumSource
    void refusesAWrongPasswordAndAnUnknownUser(PeerKind kind) {
        int code = kind.isMqtt5() ? BAD_USER_NAME_OR_PASSWORD_5 : BAD_USER_NAME_OR_PASSWORD_3;
        assertRefused(code, () -> PEERS.connect(kind, "c", settings -> settings.credentials("alice", "wrong")));
        assertRefused(
                code, () -> PEERS.connect(kind, "c", settings -> settings.credentials("mallory", "alice-secret")));
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhoShowsNoCredentials(PeerKind kind) {
        assertRefused(
                kind.isMqtt5() ? NOT_AUTHORIZED_5 : NOT_AUTHORIZED_3,
                () -> PEERS.connect(kind, "c", settings -> settings.credentials(null, null)));
    }

    @ParameterizedTest
    @EnumSource
    void refusesToSubscribeToAForbiddenTopic(PeerKind kind) throws Exception {
        Peer client = PEERS.connect(kind, "c");
        assertRefused(
                kind.isMqtt5() ? NOT_AUTHORIZED_5 : SUBSCRIPTION_FAILED, () -> client.subscribe("forbidden/x", 1));
        assertRefused(kind.isMqtt5() ? NOT_AUTHORIZED_5 : SUBSCRIPTION_FAILED, () -> client.subscribe("#", 1));
    }

    @ParameterizedTest
    @EnumSource
    void keepsAMessageOnAForbiddenTopicFromEverybody(PeerKind kind) throws Exception {
        Peer superuser = PEERS.connect(kind, "super", settings -> settings.credentials("root", "root-secret"));
        superuser.subscribe("forbidden/#", 2);
        Peer client = PEERS.connect(kind, "c");
        for (int qos = 0; qos <= 2; qos++) {
            publishForbidden(client, qos, kind.isMqtt5() && qos > 0);
        }
        superuser.publish("forbidden/x", "permitted to superusers", 1, false);
        assertThat(superuser.next().payload()).isEqualTo("permitted to superusers");
    }

    /** Only MQTT 5 can say no, and only to QoS 1 and 2; the connection stays in any case. */
    private static void publishForbidden(Peer client, int qos, boolean told) throws Refused {
        if (told) {
            assertRefused(NOT_AUTHORIZED_5, () -> client.publish("forbidden/x", "no", qos, false));
        } else {
            client.publish("forbidden/x", "no", qos, false);
        }
    }

    private static void assertRefused(int code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static List<String> topicsOf(Peer peer, int count) {
        List<String> topics = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            topics.add(peer.next().topic());
        }
        return topics;
    }
}

package io.gatehouse.e2e.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

class PublishIT {
    @RegisterExtension
    static final BrokerProcess BROKER =
            BrokerProcess.with("mqtt { receive-maximum = 3, topic-alias-maximum = 2, max-inflight = 4 }");

    private final String topic;
    private final List<WireClient> open = new ArrayList<>();

    PublishIT(TestInfo test) {
        topic = "publish/" + test.getTestMethod().orElseThrow().getName();
    }

    @AfterEach
    void closeAll() {
        open.forEach(WireClient::close);
    }

    private WireClient connect(ConnectPacket connect) {
        WireClient client = WireClient.connect(BROKER.port(), connect);
        open.add(client);
        return client;
    }

    private WireClient publisher() {
        return connect(new ConnectPacket("publisher"));
    }

    private WireClient subscriber() {
        return connect(new ConnectPacket("subscriber")).subscribe(topic, Qos.EXACTLY_ONCE);
    }

    private Message withProperties(MessageProperties properties) {
        return WireClient.message(topic, "x", Qos.AT_LEAST_ONCE).withProperties(properties);
    }

    @Test
    void saysThatNobodySubscribed() {
        WireClient publisher = publisher();
        assertThat(publisher.publish(topic, "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        assertThat(publisher.publish(topic, "x", Qos.EXACTLY_ONCE)).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        subscriber();
        assertThat(publisher.publish(topic, "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void passesPropertiesOnAsTheyAre() {
        WireClient subscriber = subscriber();
        Message sent = withProperties(new MessageProperties(
                true,
                MessageProperties.NO_EXPIRY,
                "text/plain",
                "answer/here",
                Payload.ofUtf8("\u0000\u0001"),
                List.of(new UserProperty("z", "1"), new UserProperty("a", "2"), new UserProperty("z", "1"))));
        publisher().publish(sent);
        assertThat(subscriber.next().message()).isEqualTo(sent);
    }

    @Test
    void leavesPropertiesOutForOlderClients() {
        WireClient old =
                connect(new ConnectPacket("old").version(MqttVersion.V3_1_1)).subscribe(topic, Qos.AT_LEAST_ONCE);
        publisher()
                .publish(withProperties(
                        new MessageProperties(true, 60, "t", "r", Payload.EMPTY, List.of(new UserProperty("a", "b")))));
        assertThat(old.next().message()).isEqualTo(WireClient.message(topic, "x", Qos.AT_LEAST_ONCE));
    }

    @Test
    void countsTheExpiryDownWhileAMessageWaits() {
        ConnectPacket away = new ConnectPacket("away").session(60);
        connect(away).subscribe(topic, Qos.AT_LEAST_ONCE).disconnect();
        publisher().publish(withProperties(MessageProperties.NONE.withExpirySeconds(100)));
        publisher().publish(withProperties(MessageProperties.NONE.withExpirySeconds(1)));
        Awaitility.await() // both wait for two seconds; nothing else says that time has passed
                .pollDelay(Duration.ofSeconds(2))
                .until(() -> true);
        WireClient back = connect(away);
        assertThat(back.next().message().properties().expirySeconds()).isBetween(1L, 98L);
        back.ping(); // the other has expired
    }

    @Test
    void resolvesTopicAliases() {
        WireClient subscriber = subscriber();
        WireClient publisher = publisher();
        publisher.send(new Publish(WireClient.message(topic, "named", Qos.AT_MOST_ONCE), false, 0, 2, List.of()));
        publisher.send(new Publish(WireClient.message("", "alias", Qos.AT_MOST_ONCE), false, 0, 2, List.of()));
        assertThat(subscriber.nextText()).isEqualTo("named");
        Publish aliased = subscriber.next();
        assertThat(aliased.message()).isEqualTo(WireClient.message(topic, "alias", Qos.AT_MOST_ONCE));
        assertThat(aliased.topicAlias()).isZero();
    }

    @Test
    void refusesAnAliasThatIsUnknownOrTooHigh() {
        publisher()
                .send(new Publish(WireClient.message("", "x", Qos.AT_MOST_ONCE), false, 0, 1, List.of()))
                .expectDisconnect(ReasonCode.PROTOCOL_ERROR);
        publisher()
                .send(new Publish(WireClient.message(topic, "x", Qos.AT_MOST_ONCE), false, 0, 3, List.of()))
                .expectDisconnect(ReasonCode.TOPIC_ALIAS_INVALID);
    }

    @Test
    void aliasesEndWithTheConnection() {
        ConnectPacket keeping = new ConnectPacket("aliased").session(60);
        connect(keeping)
                .send(new Publish(WireClient.message(topic, "x", Qos.AT_MOST_ONCE), false, 0, 1, List.of()))
                .ping()
                .close();
        connect(keeping)
                .send(new Publish(WireClient.message("", "x", Qos.AT_MOST_ONCE), false, 0, 1, List.of()))
                .expectDisconnect(ReasonCode.PROTOCOL_ERROR);
    }

    @Test
    void sendsNoMoreThanTheClientTakes() {
        WireClient subscriber =
                connect(new ConnectPacket("slow").receiveMaximum(2)).subscribe(topic, Qos.EXACTLY_ONCE);
        WireClient publisher = publisher();
        for (int i = 1; i <= 3; i++) {
            publisher.publish(topic, "message " + i, i == 2 ? Qos.EXACTLY_ONCE : Qos.AT_LEAST_ONCE);
        }
        Publish first = subscriber.receive(Publish.class);
        Publish second = subscriber.receive(Publish.class);
        publisher.publish(topic, "QoS 0 waits for nobody's acknowledgement but keeps its place", Qos.AT_MOST_ONCE);
        subscriber.ping(); // neither is sent while two are on their way
        subscriber.send(new PubRec(second.packetId())).receive(PubRel.class);
        subscriber.ping(); // a QoS 2 message is on its way until PUBCOMP
        subscriber.send(new PubAck(first.packetId()));
        assertThat(subscriber.nextText()).isEqualTo("message 3");
        assertThat(subscriber.next().message().qos()).isEqualTo(Qos.AT_MOST_ONCE);
    }

    /** The client publishes to itself, so that what it gets for a message comes before the acknowledgement of the message. */
    @Test
    void keepsItsOwnBoundWhenTheClientTakesMore() {
        WireClient client = subscriber();
        for (int id = 1; id <= 5; id++) {
            client.send(new Publish(
                    WireClient.message(topic, "message " + id, Qos.AT_LEAST_ONCE), false, id, 0, List.of()));
            if (id <= 4) {
                assertThat(client.receive(Publish.class).packetId()).isEqualTo(id);
            }
            assertThat(client.receive(PubAck.class).packetId()).isEqualTo(id);
        }
        client.send(new PubAck(1));
        assertThat(client.nextText()).isEqualTo("message 5");
    }

    @Test
    void endsTheConnectionOfWhoSendsMoreThanItTakes() {
        WireClient publisher = publisher();
        for (int id = 1; id <= 3; id++) {
            publisher.send(new Publish(WireClient.message(topic, "x", Qos.EXACTLY_ONCE), false, id, 0, List.of()));
            publisher.receive(PubRec.class);
        }
        publisher
                .send(new Publish(WireClient.message(topic, "x", Qos.EXACTLY_ONCE), false, 4, 0, List.of()))
                .expectDisconnect(ReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
    }

    @Test
    void keepsWhatIsTooLargeForTheClientFromIt() {
        WireClient narrow =
                connect(new ConnectPacket("narrow").maximumPacketSize(100)).subscribe(topic, Qos.AT_LEAST_ONCE);
        WireClient wide = subscriber();
        WireClient publisher = publisher();
        publisher.publish(topic, "x".repeat(200), Qos.AT_LEAST_ONCE);
        publisher.publish(topic, "small", Qos.AT_LEAST_ONCE);
        assertThat(narrow.nextText()).isEqualTo("small");
        assertThat(wide.nextText()).hasSize(200);
    }

    @Test
    void refusesATopicWithTooManyLevels() {
        assertThat(publisher().publish("1/2/3/4/5/6/7/8/9/10/11", "x", Qos.AT_LEAST_ONCE))
                .isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void endsTheConnectionOfWhoPublishesToAWildcard() {
        publisher().sendHex("3006 0003 612f23 00").expectDisconnect(ReasonCode.TOPIC_NAME_INVALID);
    }
}

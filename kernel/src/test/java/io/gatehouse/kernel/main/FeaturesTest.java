package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the broker offers beyond the specification, as users try it: over the network, with the settings of a file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeaturesTest {
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse =
                new RunningGatehouse(home, RunningGatehouse.OPEN + """
                listeners.tcp.tenant { bind = "127.0.0.1:0", mountpoint = "tenants/acme/" }
                mqtt { exclusive-subscriptions = true, shared-strategy = hash-topic }
                rewrite = [ { source = "old/#", pattern = "^old/(.+)$", replacement = "new/${clientid}/$1" } ]
                auto-subscribe = [ { topic = "inbox/${clientid}", qos = 1 } ]
                """, new PluginJar("acme.all").source("All", """
                        @Component(name = "auth-all") public class All implements Authenticator {
                          public AuthResult authenticate(ConnectRequest request) { return AuthResult.accept(); } }
                        """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
    }

    private TestClient tenant(String name) throws IOException {
        return at("tcp.tenant", Connects.v5(name));
    }

    private TestClient client(String name) throws IOException {
        return at("tcp.default", Connects.v5(name));
    }

    private TestClient at(String listener, Connect connect) throws IOException {
        TestClient client = TestClient.open(gatehouse.address(listener));
        client.connect(connect);
        return client;
    }

    private static String received(TestClient client) throws IOException {
        Message message = client.receive();
        return message.topic() + "=" + message.payload().asUtf8();
    }

    @Test
    void tellsAboutItself() throws IOException {
        try (TestClient client = client("sys")) {
            assertThat(client.publish("$SYS/broker/version", "mine")).isEqualTo(ReasonCode.NOT_AUTHORIZED);

            client.subscribe("$SYS/broker/version");

            assertThat(received(client)).startsWith("$SYS/broker/version=gatehouse ");
        }
    }

    @Test
    void sharesAQueueByTopic() throws IOException {
        try (TestClient one = client("qa");
                TestClient other = client("qb");
                TestClient publisher = client("qp")) {
            one.subscribe("$queue/q/#");
            other.subscribe("$queue/q/#");
            for (int i = 0; i < 5; i++) {
                publisher.publish("q/1", "m" + i); // all to one of the two
            }
            List<String> toOne = new ArrayList<>();
            List<String> toOther = new ArrayList<>();
            await().until(() -> {
                toOne.addAll(arrived(one));
                toOther.addAll(arrived(other));
                return toOne.size() + toOther.size() == 5;
            });

            assertThat(toOne.isEmpty() ? toOther : toOne).containsExactly("m0", "m1", "m2", "m3", "m4");
        }
    }

    /** What comes before the answer to a PINGREQ. */
    private static List<String> arrived(TestClient client) throws IOException {
        List<String> texts = new ArrayList<>();
        client.send(new PingReq());
        Packet packet = client.expect(Packet.class);
        while (packet instanceof Publish publish) {
            client.send(new PubAck(publish.packetId()));
            texts.add(publish.message().payload().asUtf8());
            packet = client.expect(Packet.class);
        }
        return texts;
    }

    @Test
    void givesATopicToOneClient() throws IOException {
        try (TestClient holder = client("xa");
                TestClient other = client("xb");
                TestClient old = at("tcp.default", Connects.of(MqttVersion.V3_1_1, "xc"))) {
            assertThat(holder.subscribe("$exclusive/x")).isEqualTo(ReasonCode.GRANTED_QOS_1);
            assertThat(other.subscribe("$exclusive/x")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
            assertThat(old.subscribe("$exclusive/x")).isEqualTo(ReasonCode.UNSPECIFIED_ERROR);

            holder.unsubscribe("$exclusive/x");

            assertThat(other.subscribe("$exclusive/x")).isEqualTo(ReasonCode.GRANTED_QOS_1);
            holder.publish("x", "m");
            assertThat(received(other)).isEqualTo("x=m");
        }
    }

    @Test
    void publishesLater() throws IOException {
        try (TestClient client = client("d");
                TestClient publisher = client("dp")) {
            client.subscribe("d/#");
            assertThat(publisher.publish("$delayed/1/d/a", "later")).isEqualTo(ReasonCode.SUCCESS);
            publisher.publish("d/a", "now");

            assertThat(received(client)).isEqualTo("d/a=now");
            assertThat(received(client)).isEqualTo("d/a=later");
            assertThat(publisher.publish("$delayed/soon/d/a", "never")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        }
    }

    @Test
    void rewritesTopics() throws IOException {
        try (TestClient watcher = client("rw");
                TestClient client = client("r")) {
            watcher.subscribe("new/#");
            client.publish("old/a", "m");
            assertThat(received(watcher)).isEqualTo("new/r/a=m");

            client.subscribe("old/b");
            watcher.sendPublish("new/r/b", "m");
            assertThat(received(client)).isEqualTo("new/r/b=m");
            assertThat(client.unsubscribe("old/b")).isEqualTo(ReasonCode.SUCCESS);
        }
    }

    @Test
    void subscribesClientsThatDidNotAsk() throws IOException {
        try (TestClient client = client("auto");
                TestClient publisher = client("autop")) {
            client.ping();
            publisher.publish("inbox/auto", "m");

            assertThat(received(client)).isEqualTo("inbox/auto=m");
        }
    }

    @Test
    void shutsClientsUpInTheirPart() throws IOException {
        try (TestClient inside = tenant("ma");
                TestClient peer = tenant("mb");
                TestClient outside = client("mc")) {
            inside.subscribe("#");
            outside.subscribe("tenants/#");
            outside.publish("elsewhere", "unseen");
            peer.publish("a", "m");

            assertThat(received(inside)).isEqualTo("a=m");
            assertThat(received(outside)).isEqualTo("tenants/acme/a=m");
            assertThat(inside.subscribe("$SYS/#")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            outside.sendPublish("tenants/acme/inbox/ma", "by its full name");
            assertThat(inside.receive().payload()).isEqualTo(Payload.ofUtf8("by its full name"));
        }
    }
}

package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.SysConfig;
import io.gatehouse.kernel.fakes.TestFeatures;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $SYS}. */
class SystemTopicsTest {
    private final TestBroker broker =
            new TestBroker(TestFeatures.sys(new SysConfig(Duration.ofSeconds(30), Duration.ofSeconds(60))));

    private TestClient watch(String filter) {
        TestClient watcher = broker.connect(connect5("watcher", true, 0));
        watcher.subscribe(filter, Qos.AT_MOST_ONCE);
        return watcher;
    }

    private void start() {
        broker.core.systemTopics().start("1.2.3");
        broker.settle();
    }

    @Test
    void areThereForWhoeverSubscribesLater() {
        start();

        TestClient watcher = watch("$SYS/#");

        assertThat(watcher.link.messages())
                .contains(
                        "$SYS/broker/version=gatehouse 1.2.3",
                        "$SYS/broker/uptime=0 seconds",
                        "$SYS/broker/clients/connected=0",
                        "$SYS/broker/subscriptions/count=0",
                        "$SYS/broker/retained messages/count=0",
                        "$SYS/broker/publish/messages/received=0");
        assertThat(watcher.link.sent(Publish.class))
                .allMatch(publish -> publish.message().retain());
    }

    @Test
    void comeAgainAsOftenAsConfigured() {
        start();
        TestClient watcher = watch("$SYS/broker/+/connected");
        watcher.subscribe("$SYS/broker/uptime", Qos.AT_MOST_ONCE);
        watcher.link.take();

        broker.advance(Duration.ofSeconds(29));
        assertThat(watcher.link.messages()).isEmpty();
        broker.advance(Duration.ofSeconds(1));
        assertThat(watcher.link.messages()).hasSize(1);
        broker.advance(Duration.ofSeconds(30));

        assertThat(watcher.link.messages()).hasSize(3).contains("$SYS/broker/clients/connected=1");
    }

    @Test
    void areLeftOutWhenTheirPeriodIsZeroAndBeginWhenItIsNotAnyMore() {
        TestBroker quiet = new TestBroker(TestFeatures.sys(new SysConfig(Duration.ZERO, Duration.ZERO)));
        quiet.core.systemTopics().start("1.2.3");
        quiet.settle();
        TestClient watcher = quiet.connect(connect5("watcher", true, 0));
        watcher.subscribe("$SYS/#", Qos.AT_MOST_ONCE);
        quiet.advance(Duration.ofHours(1));
        assertThat(watcher.link.messages()).containsExactly("$SYS/broker/version=gatehouse 1.2.3");

        quiet.settings.replace(broker.settings.config());
        quiet.advance(Duration.ofSeconds(10));

        assertThat(watcher.link.messages()).contains("$SYS/broker/clients/connected=1");
    }

    @Test
    void areNotSelectedByAWildcard() {
        TestClient watcher = watch("#");
        watcher.subscribe("+/broker/#", Qos.AT_MOST_ONCE);

        start();

        assertThat(watcher.link.messages()).isEmpty();
    }

    @Test
    void takeNoPlaceOfRetainedMessages() {
        start();
        TestClient publisher = broker.connect(connect5("p", true, 0));

        IntStream.range(0, 20)
                .forEach(i -> assertThat(publisher.publish(retained("r" + i, "m", Qos.AT_LEAST_ONCE), i + 1))
                        .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS));

        assertThat(publisher.publish(retained("r", "m", Qos.AT_LEAST_ONCE), 99)).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(broker.statistics().retained()).isEqualTo(20);
        assertThat(watch("$SYS/broker/version").link.messages()).hasSize(1);
    }

    @Test
    void areSubjectToAuthorization() {
        start();
        broker.plugins.authorizer((of, action) -> action.topic().startsWith("$SYS") ? Decision.DENY : Decision.ALLOW);
        TestClient watcher = broker.connect(connect5("watcher", true, 0));

        assertThat(watcher.subscribe("$SYS/#", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(watcher.subscribe("$share/g/$SYS/#", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(watcher.link.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$SYS", "$SYS/broker/version", "$SYS/x", "$delayed/0/$SYS/x", "$delayed/5/$SYS/x"})
    void cannotBePublishedByAnyClient(String topic) {
        TestClient watcher = watch("$SYS/#");
        TestClient publisher = broker.connect(connect5("p", true, 0));
        TestClient old = broker.connect(connect311("old", true));

        assertThat(publisher.publish(retained(topic, "m", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(publisher.publish(retained(topic, "m", Qos.EXACTLY_ONCE), 2)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        publisher.sendAndWait(new Publish(message(topic, "m", Qos.AT_MOST_ONCE), false, 0, 0, List.of()));
        assertThat(old.publish(retained(topic, "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.SUCCESS);
        broker.advance(Duration.ofSeconds(10));

        assertThat(watcher.link.messages()).isEmpty();
        assertThat(old.link.sent(PubAck.class)).hasSize(1);
        assertThat(broker.statistics().publishesRefused()).isEqualTo(4);
    }

    @Test
    void cannotBeMadeByAnInterceptorOfWhatAClientSent() {
        TestClient watcher = watch("$SYS/#");
        broker.plugins.publish(
                Gate.of("i", (of, sent) -> Verdict.forward(sent.withTopic("$SYS/broker/version")), false));
        TestClient publisher = broker.connect(connect5("p", true, 0));

        assertThat(publisher.publish(message("a", "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(watcher.link.messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$SYS/broker/version", "$delayed/1/$SYS/x"})
    void cannotBeAWill(String topic) {
        TestClient client = broker.open();
        client.send(connect5("c", true, 0, new Will(message(topic, "m", Qos.AT_MOST_ONCE), 0)));
        broker.until(client::isAnswered);

        assertThat(client.connAck().reason()).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }
}

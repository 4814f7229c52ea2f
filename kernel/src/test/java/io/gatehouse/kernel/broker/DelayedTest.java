package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect311;
import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.DelayedConfig;
import io.gatehouse.kernel.fakes.TestFeatures;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $delayed/seconds/topic}. */
class DelayedTest {
    private final TestBroker broker = new TestBroker(TestFeatures.delayed(new DelayedConfig(true, 3, 64 * 1024)));
    private final TestClient publisher = broker.connect(connect5("p", true, 0));
    private final TestClient watcher = broker.connect(connect5("w", true, 0));

    private ReasonCode publish(String topic, String text) {
        return publisher.publish(message(topic, text, Qos.AT_LEAST_ONCE), 1);
    }

    private void watch() {
        watcher.subscribe("#", Qos.EXACTLY_ONCE);
    }

    private void assertGets(String... messages) {
        broker.until(() -> watcher.link.messages().size() >= messages.length);
        assertThat(watcher.link.messages()).containsExactly(messages);
    }

    @Test
    void comesWhenItIsDue() {
        watch();
        assertThat(publish("$delayed/5/a/b", "m")).isEqualTo(ReasonCode.SUCCESS);

        broker.advance(Duration.ofSeconds(4));
        broker.until(() -> broker.plugins.leases() == 0);
        assertThat(watcher.link.messages()).isEmpty();
        broker.advance(Duration.ofSeconds(1));

        assertGets("a/b=m");
    }

    @Test
    void comesWithEveryQos() {
        watch();
        publisher.sendAndWait(new Publish(message("$delayed/1/a", "0", Qos.AT_MOST_ONCE), false, 0, 0, List.of()));
        publish("$delayed/1/a", "1");
        publisher.publish(message("$delayed/1/a", "2", Qos.EXACTLY_ONCE), 7);
        publisher.publish(message("$delayed/1/a", "2", Qos.EXACTLY_ONCE), 7); // repeated, and taken once
        publisher.send(new PubRel(7));

        broker.advance(Duration.ofSeconds(1));

        assertGets("a=0", "a=1", "a=2");
        assertThat(watcher.link.sent(Publish.class))
                .extracting(publish -> publish.message().qos())
                .containsExactly(Qos.AT_MOST_ONCE, Qos.AT_LEAST_ONCE, Qos.EXACTLY_ONCE);
    }

    @Test
    void isNotDelayedByZeroSeconds() {
        watch();
        publish("$delayed/0/a", "m");

        assertThat(watcher.link.messages()).containsExactly("a=m");
    }

    @Test
    void comesAfterItsPublisherHasGone() {
        watch();
        publish("$delayed/5/a", "m");
        publisher.lose();

        broker.advance(Duration.ofSeconds(5));

        assertGets("a=m");
    }

    @Test
    void keepsTheOrderOfAPublisherWhileSomebodyIsAsked() {
        watch();
        AtomicInteger asked = new AtomicInteger();
        broker.plugins.authorization(Gate.of(
                "slow-once",
                (of, action) -> {
                    if (asked.incrementAndGet() == 4) { // the first of those that are due
                        Thread.sleep(50);
                    }
                    return Decision.ALLOW;
                },
                true));
        publish("$delayed/5/a", "1");
        publish("$delayed/5/a", "2");
        publish("$delayed/5/a", "3");

        broker.advance(Duration.ofSeconds(5));

        assertGets("a=1", "a=2", "a=3");
    }

    @Test
    void isRetainedWhenItIsDueAndNotBefore() {
        assertThat(publisher.publish(retained("$delayed/5/a", "m", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.SUCCESS);
        assertThat(broker.statistics().retained()).isZero();

        broker.advance(Duration.ofSeconds(5));
        broker.until(() -> broker.statistics().retained() == 1);
        watch();

        assertThat(watcher.link.messages()).containsExactly("a=m");
    }

    @Test
    void livesAsLongAsItsExpiryAfterItIsDue() {
        watch();
        Message message = message("$delayed/3600/a", "m", Qos.AT_LEAST_ONCE)
                .withProperties(MessageProperties.NONE.withExpirySeconds(10));
        publisher.publish(message, 1);

        broker.advance(Duration.ofHours(1));

        assertGets("a=m");
        assertThat(watcher.link
                        .sent(Publish.class)
                        .getFirst()
                        .message()
                        .properties()
                        .expirySeconds())
                .isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$delayed",
                "$delayed/5",
                "$delayed/5/",
                "$delayed/-5/a",
                "$delayed/x/a",
                "$delayed/4294968/a",
                "$delayed/5/$delayed/5/a",
                "$delayed/5/1/2/3/4/5/6/7"
            })
    void isRefusedWhenItIsMalformed(String topic) {
        assertThat(publish(topic, "m")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(broker.connect(connect311("old", true)).publish(message(topic, "m", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.SUCCESS);
        assertThat(broker.statistics().publishesRefused()).isEqualTo(2);
    }

    @Test
    void isRefusedWhenTooManyWait() {
        watch();
        IntStream.range(0, 3)
                .forEach(i -> assertThat(publish("$delayed/5/a", "m" + i)).isEqualTo(ReasonCode.SUCCESS));
        assertThat(publish("$delayed/1/a", "m3")).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(publish("a", "now")).isEqualTo(ReasonCode.SUCCESS);

        broker.advance(Duration.ofSeconds(5));

        assertGets("a=now", "a=m0", "a=m1", "a=m2");
        assertThat(publish("$delayed/5/a", "again")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void isRefusedWhenTooMuchWaits() {
        assertThat(publish("$delayed/5/a", "x".repeat(40_000))).isEqualTo(ReasonCode.SUCCESS);
        assertThat(publish("$delayed/5/a", "x".repeat(40_000))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
        assertThat(publish("$delayed/5/a", "small")).isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void isAuthorizedForTheTopicItIsForWhenItComesAndWhenItIsDue() {
        watch();
        List<String> asked = new CopyOnWriteArrayList<>();
        broker.plugins.authorizer((of, action) -> {
            if (action instanceof Action.Publish) {
                asked.add(action.topic());
            }
            return action.topic().equals("no") ? Decision.DENY : Decision.ALLOW;
        });
        assertThat(publish("$delayed/5/no", "m")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(publish("$delayed/5/a", "m")).isEqualTo(ReasonCode.SUCCESS);
        broker.advance(Duration.ofSeconds(5));
        assertGets("a=m");

        assertThat(asked).containsExactly("no", "a", "a");
    }

    @Test
    void isNotPublishedWhenItIsNoLongerPermitted() {
        watch();
        publish("$delayed/5/a", "m");
        broker.plugins.authorizer((of, action) -> Decision.DENY);

        broker.advance(Duration.ofSeconds(5));

        broker.until(() -> broker.statistics().publishesRefused() == 1);
        assertThat(watcher.link.messages()).isEmpty();
    }

    @Test
    void isInterceptedWhenItComes() {
        watch();
        broker.plugins.publish(Gate.of("i", (of, sent) -> Verdict.forward(sent.withTopic("b/" + sent.topic())), false));
        publish("$delayed/5/a", "m");

        broker.advance(Duration.ofSeconds(5));

        assertGets("b/a=m");
    }

    @Test
    void canBeAWill() {
        watch();
        broker.connect(connect5("c", true, 0, new Will(message("$delayed/5/w", "will", Qos.AT_MOST_ONCE), 0)))
                .lose();
        broker.until(() -> broker.lanes.stream().mapToInt(lane -> lane.timers()).sum() > 0);
        assertThat(watcher.link.messages()).isEmpty();

        broker.advance(Duration.ofSeconds(5));

        assertGets("w=will");
    }

    @Test
    void cannotBeSubscribedTo() {
        assertThat(watcher.subscribe("$delayed/5/a", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
        assertThat(watcher.subscribe("$delayed/#", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
    }

    @Test
    void isRefusedWhenItIsSwitchedOff() {
        TestBroker plain = new TestBroker(TestFeatures.delayed(new DelayedConfig(false, 3, 64 * 1024)));

        assertThat(plain.connect(connect5("c", true, 0)).publish(message("$delayed/5/a", "m", Qos.AT_LEAST_ONCE), 1))
                .isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    /** Six levels are permitted, and those before the topic itself are none of it. */
    @Test
    void aWillMayHaveAsManyLevelsBehindItsDelayAsAnyTopic() {
        Will will = new Will(message("$delayed/1/1/2/3/4/5/6", "will", Qos.AT_MOST_ONCE), 0);

        assertThat(broker.connect(connect5("deep", true, 0, will)).connAck().reason())
                .isEqualTo(ReasonCode.SUCCESS);
    }

    @Test
    void oneThatCannotBeJudgedKeepsNoOtherFromComing() {
        watch();
        publish("$delayed/1/a", "lost");
        publish("$delayed/2/a", "next");
        broker.plugins.failing(1);

        broker.advance(Duration.ofSeconds(1));
        broker.until(() -> broker.statistics().publishesRefused() == 1);
        broker.advance(Duration.ofSeconds(1));

        assertGets("a=next");
    }
}

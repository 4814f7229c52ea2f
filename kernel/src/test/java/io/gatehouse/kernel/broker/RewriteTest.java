package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.broker.TestClient.connect5;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.TestFeatures.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.TestFeatures;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The setting {@code rewrite}. */
class RewriteTest {
    private final TestBroker broker = new TestBroker(TestFeatures.rewrite(
            rule("x/#", "^x/(.+)$", "y/$1"),
            rule("me/#", "^me/(.+)$", "clients/${clientid}/${username}/$1"),
            rule("sys/#", "^sys/(.+)$", "$SYS/$1"),
            rule("later/#", "^later/(.+)$", "$delayed/5/$1"),
            rule("only/#", "^only/(.+)$", "$exclusive/$1"),
            rule("bad/#", "^bad/(.+)$", "#/$1")));
    private final TestClient client = broker.connect(connect5("c", true, 0));

    private ReasonCode publish(String topic) {
        return client.publish(message(topic, "m", Qos.AT_LEAST_ONCE), 1);
    }

    private List<String> deliveredTo(String filter, String... topics) {
        TestClient watcher = broker.connect(connect5("w", true, 0));
        broker.plugins.authorizer((of, action) -> Decision.ALLOW);
        watcher.subscribe(filter, Qos.AT_MOST_ONCE);
        for (String topic : topics) {
            publish(topic);
        }
        return watcher.link.messages();
    }

    @Test
    void givesPublishedMessagesAnotherTopic() {
        assertThat(deliveredTo("#", "x/1", "me/2", "z")).containsExactly("y/1=m", "clients/c/user/2=m", "z=m");
    }

    @Test
    void rewritesTheTopicThatAnAliasStandsFor() {
        TestClient watcher = broker.connect(connect5("w", true, 0));
        watcher.subscribe("#", Qos.AT_MOST_ONCE);

        client.sendAndWait(new Publish(message("x/1", "1", Qos.AT_MOST_ONCE), false, 0, 3, List.of()));
        client.sendAndWait(new Publish(message("", "2", Qos.AT_MOST_ONCE), false, 0, 3, List.of()));

        assertThat(watcher.link.messages()).containsExactly("y/1=1", "y/1=2");
    }

    @ParameterizedTest
    @CsvSource({"x/+, y/1", "$share/g/x/+, y/1", "$queue/x/#, y/1", "$exclusive/x/1, y/1", "only/a, a"})
    void givesSubscriptionsAnotherFilterBehindTheirPrefix(String filter, String topic) {
        client.subscribe(filter, Qos.AT_MOST_ONCE);
        broker.core.broker().publish(message(topic, "m", Qos.AT_MOST_ONCE));
        broker.settle();

        assertThat(client.link.messages()).containsExactly(topic + "=m");
    }

    @Test
    void unsubscribesByTheNameThatTheClientUsed() {
        client.subscribe("x/+", Qos.AT_MOST_ONCE);

        assertThat(client.unsubscribe("y/+")).isEqualTo(ReasonCode.NO_SUBSCRIPTION_EXISTED);
        assertThat(client.unsubscribe("x/+")).isEqualTo(ReasonCode.SUCCESS);
        broker.core.broker().publish(message("y/1", "m", Qos.AT_MOST_ONCE));
        broker.settle();
        assertThat(client.link.messages()).isEmpty();
    }

    @Test
    void comesBeforeAuthorization() {
        List<String> asked = new CopyOnWriteArrayList<>();
        broker.plugins.authorizer((of, action) -> {
            asked.add(action.topic());
            return Decision.DENY;
        });

        assertThat(publish("x/1")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(client.subscribe("$share/g/x/2", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(asked).containsExactly("y/1", "y/2");
    }

    @Test
    void canDelayWhatIsPublished() {
        TestClient watcher = broker.connect(connect5("w", true, 0));
        watcher.subscribe("#", Qos.AT_MOST_ONCE);
        publish("later/a");
        publish("$delayed/5/x/1");
        assertThat(watcher.link.messages()).isEmpty();

        broker.advance(Duration.ofSeconds(5));
        broker.until(() -> watcher.link.messages().size() == 2);

        assertThat(watcher.link.messages()).containsExactly("a=m", "y/1=m");
    }

    @Test
    void reachesNeitherTheBrokersTopicsNorADelayWithinADelay() {
        assertThat(publish("sys/broker/version")).isEqualTo(ReasonCode.NOT_AUTHORIZED);
        assertThat(publish("$delayed/5/later/a")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void refusesWhatIsNoTopicAfterwards() {
        assertThat(publish("bad/1")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(client.subscribe("bad/1", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
        assertThat(publish("x/1/2/3/4/5/6")).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
    }

    @Test
    void refusesAClientWhoseNameCannotStandInATopic() {
        TestClient other = broker.connect(connect5("+", true, 0));

        assertThat(other.publish(message("me/1", "m", Qos.AT_LEAST_ONCE), 1)).isEqualTo(ReasonCode.TOPIC_NAME_INVALID);
        assertThat(other.subscribe("me/#", Qos.AT_MOST_ONCE)).isEqualTo(ReasonCode.TOPIC_FILTER_INVALID);
        assertThat(other.publish(message("x/1", "m", Qos.AT_LEAST_ONCE), 2))
                .isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
    }

    @Test
    void rewritesWills() {
        TestClient watcher = broker.connect(connect5("w", true, 0));
        watcher.subscribe("#", Qos.AT_MOST_ONCE);
        List<String> asked = new CopyOnWriteArrayList<>();
        broker.plugins.authorizer((of, action) -> {
            asked.add(action.topic());
            return Decision.ALLOW;
        });

        broker.connect(connect5("d", true, 0, new Will(message("x/w", "m", Qos.AT_MOST_ONCE), 0)))
                .lose();

        broker.until(() -> !watcher.link.messages().isEmpty());
        assertThat(watcher.link.messages()).containsExactly("y/w=m");
        assertThat(asked).contains("y/w").doesNotContain("x/w");
    }
}

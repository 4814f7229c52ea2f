package io.gatehouse.kernel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void fillsInNumberAndClient() {
        assertThat(topics("a/%i/%c", null, null).topic(7, "me")).isEqualTo("a/7/me");
    }

    @Test
    void aPairHasOneTopic() {
        assertThat(topics("a/%i/%c", null, null).filter(true, 7, "s7", "p7")).isEqualTo("a/7/p7");
    }

    @Test
    void aFanSubscribesToAllThatCanBe() {
        assertThat(topics("a/x-%i/%c/z", null, null).filter(false, 7, "s7", "p7"))
                .isEqualTo("a/+/+/z");
        assertThat(topics("a/b", null, "g").filter(false, 7, "s7", "p7")).isEqualTo("$share/g/a/b");
    }

    @Test
    void aFilterThatIsGivenHolds() {
        assertThat(topics("a/%i", "a/%i/#", null).filter(false, 7, "s7", "p7")).isEqualTo("a/7/#");
    }

    private static Topics topics(String topic, @Nullable String filter, @Nullable String group) {
        return new Topics(new BenchPlan.Traffic(
                topic, filter, group, Qos.AT_MOST_ONCE, false, Payload.EMPTY, 0, 1, Long.MAX_VALUE));
    }
}

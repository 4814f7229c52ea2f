package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelayedTopicTest {
    @ParameterizedTest
    @CsvSource({
        "$delayed/0/a, 0, a",
        "$delayed/5/a/b, 5, a/b",
        "$delayed/007//, 7, /",
        "$delayed/4294967/a, 4294967, a",
        "$delayed/1/$delayed/2/a, 1, $delayed/2/a"
    })
    void takesATopicApart(String topic, int seconds, String rest) {
        assertThat(DelayedTopic.parse(topic)).isEqualTo(new DelayedTopic(seconds, rest));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$delayed",
                "$delayed/",
                "$delayed/5",
                "$delayed/5/",
                "$delayed//a",
                "$delayed/x/a",
                "$delayed/-1/a",
                "$delayed/+1/a",
                "$delayed/1.5/a",
                "$delayed/\u0665/a",
                "$delayed/4294968/a",
                "$delayed/99999999999999999999/a"
            })
    void knowsWhatIsMalformed(String topic) {
        assertThat(DelayedTopic.isDelayed(topic)).isTrue();
        assertThat(DelayedTopic.parse(topic)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "$delay/5/a", "$delayedx/5/a", "x/$delayed/5/a"})
    void leavesOthersAlone(String topic) {
        assertThat(DelayedTopic.isDelayed(topic)).isFalse();
    }
}

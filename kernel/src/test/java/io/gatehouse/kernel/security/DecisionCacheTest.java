package io.gatehouse.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.mqtt.Qos;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionCacheTest {
    private final DecisionCache cache = new DecisionCache(2, 1_000);

    private static Action publish(String topic) {
        return new Action.Publish(topic, Qos.AT_MOST_ONCE, false);
    }

    private @Nullable Permission find(String topic, long generation, long nowMillis) {
        return cache.findPublish(topic, Qos.AT_MOST_ONCE, false, generation, nowMillis);
    }

    @Test
    void remembersDecisions() {
        cache.remember(publish("a"), Permission.ALLOWED, 1, 0);
        cache.remember(publish("b"), Permission.DENIED, 1, 0);
        assertThat(find("a", 1, 0)).isEqualTo(Permission.ALLOWED);
        assertThat(find("b", 1, 0)).isEqualTo(Permission.DENIED);
        assertThat(find("c", 1, 0)).isNull();
    }

    @Test
    void tellsActionsApartInEveryRespect() {
        cache.remember(publish("a"), Permission.ALLOWED, 1, 0);
        assertThat(cache.findPublish("a", Qos.AT_LEAST_ONCE, false, 1, 0)).isNull();
        assertThat(cache.findPublish("a", Qos.AT_MOST_ONCE, true, 1, 0)).isNull();
        assertThat(cache.findSubscribe("a", Qos.AT_MOST_ONCE, 1, 0)).isNull();
        cache.remember(new Action.Subscribe("a", Qos.AT_MOST_ONCE), Permission.DENIED, 1, 0);
        assertThat(cache.findSubscribe("a", Qos.AT_MOST_ONCE, 1, 0)).isEqualTo(Permission.DENIED);
        assertThat(find("a", 1, 0)).isEqualTo(Permission.ALLOWED);
    }

    /** Topics can be 64 KiB long, and each connection has such a cache. */
    @Test
    void remembersNothingAboutVeryLongTopics() {
        String longest = "x".repeat(1_024);
        cache.remember(publish(longest), Permission.ALLOWED, 1, 0);
        assertThat(find(longest, 1, 0)).isEqualTo(Permission.ALLOWED);

        cache.remember(publish(longest + "x"), Permission.ALLOWED, 1, 0);
        assertThat(find(longest + "x", 1, 0)).isNull();
        assertThat(cache.size()).isEqualTo(1);
    }

    @Test
    void forgetsWhenItsTimeIsOver() {
        cache.remember(publish("a"), Permission.ALLOWED, 1, 500);
        assertThat(find("a", 1, 1_499)).isEqualTo(Permission.ALLOWED);
        assertThat(find("a", 1, 1_500)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void forgetsAtOnceWhenAnythingChanged() {
        cache.remember(publish("a"), Permission.ALLOWED, 1, 0);
        assertThat(find("a", 2, 0)).isNull();
        assertThat(cache.size()).isZero();
    }

    @Test
    void neverFindsADecisionThatWasOvertakenByAChange() {
        assertThat(find("a", 2, 0)).isNull();
        cache.remember(publish("a"), Permission.ALLOWED, 1, 0);
        assertThat(find("a", 2, 0)).isNull();
        assertThat(find("a", 1, 0)).isNull();
    }

    @Test
    void forgetsTheLeastRecentlyUsedFirst() {
        cache.remember(publish("a"), Permission.ALLOWED, 1, 0);
        cache.remember(publish("b"), Permission.ALLOWED, 1, 0);
        assertThat(find("a", 1, 0)).isNotNull();
        cache.remember(publish("c"), Permission.ALLOWED, 1, 0);
        assertThat(find("a", 1, 0)).isNotNull();
        assertThat(find("b", 1, 0)).isNull();
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void remembersNothingThatMayBeDifferentNextTime() {
        cache.remember(publish("a"), Permission.UNAVAILABLE, 1, 0);
        cache.remember(publish("a"), Permission.UNDECIDED, 1, 0);
        assertThat(cache.size()).isZero();
    }

    @Test
    void remembersNothingWhenItsSizeIsZero() {
        DecisionCache none = new DecisionCache(0, 1_000);
        none.remember(publish("a"), Permission.ALLOWED, 1, 0);
        assertThat(none.size()).isZero();
    }
}

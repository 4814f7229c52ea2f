package io.gatehouse.kernel.store;

import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryRetainedStoreTest {
    private final MemoryRetainedStore store = new MemoryRetainedStore(2);

    private void retain(String topic, String text) {
        store.retain(new Publication(retained(topic, text, Qos.AT_MOST_ONCE), null, 0));
    }

    private List<String> found(long now) {
        List<String> found = new ArrayList<>();
        store.match(
                "#",
                now,
                publication -> found.add(publication.message().payload().asUtf8()));
        return found;
    }

    @Test
    void keepsTheLastMessageOfATopicAndForgetsItWithAnEmptyOne() {
        retain("a", "1");
        retain("a", "2");
        assertThat(found(0)).containsExactly("2");

        retain("a", "");
        assertThat(found(0)).isEmpty();
        assertThat(store.size()).isZero();
    }

    @Test
    void keepsNoMoreTopicsThanItMayButReplacesWhatItHas() {
        retain("a", "1");
        retain("b", "2");
        retain("c", "3");
        retain("a", "4");

        assertThat(store.hasRoomFor("c")).isFalse();
        assertThat(store.hasRoomFor("a")).isTrue();
        assertThat(found(0)).containsExactlyInAnyOrder("2", "4");
    }

    @Test
    void forgetsWhatHasExpiredSoThatItTakesNoRoom() {
        store.retain(new Publication(
                retained("a", "old", Qos.AT_MOST_ONCE).withProperties(MessageProperties.NONE.withExpirySeconds(1)),
                null,
                0));
        retain("b", "2");
        assertThat(found(999)).containsExactlyInAnyOrder("old", "2");

        assertThat(found(1_000)).containsExactly("2");
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.hasRoomFor("c")).isTrue();
    }
}

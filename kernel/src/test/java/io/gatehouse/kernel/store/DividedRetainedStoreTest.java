package io.gatehouse.kernel.store;

import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import org.junit.jupiter.api.Test;

class DividedRetainedStoreTest {
    private final DividedRetainedStore store = new DividedRetainedStore(new MemoryRetainedStore(1));

    private void retain(String topic) {
        store.retain(new Publication(retained(topic, topic, Qos.AT_MOST_ONCE), null, 0));
    }

    private boolean hasRoomFor(String topic) {
        return store.hasRoomFor(retained(topic, topic, Qos.AT_MOST_ONCE));
    }

    private List<String> match(String filter) {
        return Found.in(store, filter, 0).map(Message::topic).toList();
    }

    @Test
    void letsNeitherTakeTheOthersPlace() {
        retain("$SYS/broker/a");
        retain("$SYS/broker/b");
        assertThat(hasRoomFor("a")).isTrue();
        retain("a");

        assertThat(hasRoomFor("b")).isFalse();
        assertThat(hasRoomFor("$SYS/broker/c")).isTrue();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void findsEachByItsOwnFiltersOnly() {
        retain("$SYS/broker/a");
        retain("a");

        assertThat(match("#")).containsExactly("a");
        assertThat(match("+/broker/a")).isEmpty();
        assertThat(match("$SYS/#")).containsExactly("$SYS/broker/a");
        assertThat(match("$SYS/+/a")).containsExactly("$SYS/broker/a");
    }
}

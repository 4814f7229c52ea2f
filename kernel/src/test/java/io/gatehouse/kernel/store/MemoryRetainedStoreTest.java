package io.gatehouse.kernel.store;

import static io.gatehouse.kernel.fakes.Messages.retained;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fakes.TestMemory;
import io.gatehouse.kernel.memory.MemoryLevel;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MemoryRetainedStoreTest {
    private final MemoryRetainedStore store = new MemoryRetainedStore(2);

    private void retain(String topic, String text) {
        store.retain(new Publication(retained(topic, text, Qos.AT_MOST_ONCE), null, 0));
    }

    private List<String> found(long now) {
        return Found.in(store, "#", now)
                .map(message -> message.payload().asUtf8())
                .toList();
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

        assertThat(store.hasRoomFor(retained("c", "x", Qos.AT_MOST_ONCE))).isFalse();
        assertThat(store.hasRoomFor(retained("a", "x", Qos.AT_MOST_ONCE))).isTrue();
        assertThat(found(0)).containsExactlyInAnyOrder("2", "4");
    }

    private static MemoryRetainedStore store(int messages, long bytes, MemoryPressure memory, LongSupplier clock) {
        return new MemoryRetainedStore(
                () -> new MemoryRetainedStore.Bounds(messages, bytes), memory, Runnable::run, clock);
    }

    private static Publication of(String topic, int bytes) {
        return new Publication(retained(topic, "x".repeat(bytes), Qos.AT_MOST_ONCE), null, 0);
    }

    private static Publication mortal(String topic) {
        return new Publication(
                retained(topic, "m", Qos.AT_MOST_ONCE).withProperties(MessageProperties.NONE.withExpirySeconds(1)),
                null,
                0);
    }

    @Test
    void keepsNoMoreBytesThanItMay() {
        MemoryRetainedStore narrow = store(100, 2_500, MemoryPressure.NONE, () -> 0);

        assertThat(narrow.retain(of("a", 1_000))).isTrue();
        assertThat(narrow.retain(of("b", 1_000))).isTrue();
        assertThat(narrow.retain(of("c", 1_000))).isFalse();
        assertThat(narrow.retain(of("a", 3_000))).isFalse(); // nor in the place of a smaller one
        assertThat(narrow.retain(of("a", 1))).isTrue();
        assertThat(narrow.retain(of("c", 1_000))).isTrue();

        assertThat(narrow.size()).isEqualTo(3);
        assertThat(narrow.bytes()).isBetween(2_000L, 2_500L);
    }

    @Test
    void countsBytesOffAgain() {
        TestMemory memory = new TestMemory();
        MemoryRetainedStore some = store(100, 10_000, memory, () -> 5_000);
        some.retain(of("a", 1_000));
        some.retain(of("a", 10));
        some.retain(mortal("b"));

        some.retain(of("a", 0));
        assertThat(Found.in(some, "#", 5_000)).isEmpty();

        assertThat(some.bytes()).isZero();
        assertThat(memory.waiting.get()).isZero();
    }

    @Test
    void looksForWhatHasExpiredWhenItIsFullAndNotAllTheTime() {
        AtomicLong now = new AtomicLong();
        MemoryRetainedStore full = store(2, 10_000, MemoryPressure.NONE, now::get);
        full.retain(mortal("$hidden/a"));
        full.retain(of("b", 1));
        assertThat(full.retain(of("c", 1))).isFalse(); // it looked, and nothing had expired

        now.set(999); // too soon to look again
        assertThat(full.retain(of("c", 1))).isFalse();
        now.set(1_000);

        assertThat(full.retain(of("c", 1))).isTrue();
        assertThat(full.size()).isEqualTo(2);
    }

    @Test
    void keepsNothingForFurtherTopicsWhileMemoryIsTight() {
        TestMemory memory = new TestMemory();
        MemoryRetainedStore tight = store(10, 10_000, memory, () -> 0);
        tight.retain(of("a", 1));
        memory.set(MemoryLevel.TIGHT);

        assertThat(tight.retain(of("b", 1))).isFalse();
        assertThat(tight.retain(of("a", 2))).isTrue();
        assertThat(tight.retain(of("a", 0))).isTrue();
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
        assertThat(store.hasRoomFor(retained("c", "x", Qos.AT_MOST_ONCE))).isTrue();
    }
}

package io.gatehouse.kernel.session;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session had no room for when it was offered a message of a shared subscription, and therefore has none for now: nothing has left
 * its queue since. Immutable; what other lanes see of it is a moment old.
 *
 * @param bytes messages as large as that do not fit the queue, and larger ones
 * @param untilMillis by then something that waits may have expired
 * @param memory not null when there was too little of it to let QoS 0 wait
 */
@AnyThread
record NoRoom(long bytes, long untilMillis, @Nullable MemoryPressure memory) {

    /** True when there is no room for this message either. */
    boolean isFor(Publication publication, Qos qos, LongSupplier clock) {
        return (isTooLarge(publication) && (untilMillis == Publication.NEVER || clock.getAsLong() < untilMillis))
                || (qos == Qos.AT_MOST_ONCE && memory != null && memory.isTight());
    }

    private boolean isTooLarge(Publication publication) {
        return bytes == 0 || publication.size() >= bytes;
    }

    /** The queue is full, beside what was known before. */
    static NoRoom inQueue(@Nullable NoRoom before, long bytes, long untilMillis) {
        return new NoRoom(bytes, untilMillis, before == null ? null : before.memory);
    }

    /** QoS 0 cannot wait, beside what was known before. */
    static NoRoom inMemory(@Nullable NoRoom before, MemoryPressure memory) {
        return before == null
                ? new NoRoom(Long.MAX_VALUE, Publication.NEVER, memory)
                : new NoRoom(before.bytes, before.untilMillis, memory);
    }
}

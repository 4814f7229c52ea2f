package io.gatehouse.kernel.session;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which QoS 2 messages a client has sent and not yet released: the receiving side of exactly-once delivery (MQTT 5.0 section 4.3.3). It
 * costs next to nothing until the client sends the first.
 */
@OnLane
final class AwaitingRelease {
    private long lifeMillis;
    private @Nullable PacketIds ids;

    /** @param lifeMillis for how long an identifier may not be forgotten */
    AwaitingRelease(long lifeMillis) {
        this.lifeMillis = lifeMillis;
    }

    /** Identifiers live this long from now on. */
    void life(long millis) {
        lifeMillis = millis;
        if (ids != null) {
            ids.life(millis);
        }
    }

    int size() {
        return ids == null ? 0 : ids.size();
    }

    boolean contains(int packetId) {
        return ids != null && ids.contains(packetId);
    }

    /** True when there may be one more; identifiers that are too old are forgotten for it. */
    boolean hasRoom(int maximum, LongSupplier clock) {
        if (ids == null) {
            return maximum > 0;
        }
        if (ids.size() >= maximum) {
            ids.forgetOld(clock.getAsLong());
        }
        return ids.size() < maximum;
    }

    /** Adds one that is not there. */
    void add(int packetId, long nowMillis) {
        if (ids == null) {
            ids = new PacketIds(lifeMillis);
        }
        ids.add(packetId, nowMillis);
    }

    /** False when it was not there. */
    boolean remove(int packetId) {
        return ids != null && ids.remove(packetId);
    }
}

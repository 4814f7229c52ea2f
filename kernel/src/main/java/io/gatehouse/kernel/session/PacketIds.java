package io.gatehouse.kernel.session;

import java.util.BitSet;

/**
 * The packet identifiers of inbound QoS 2 messages that wait for their PUBREL (MQTT 5.0 section 4.3.3).
 *
 * <p>Older clients announce no bound but the 65,535 identifiers there are, so they are kept as bits: looking one up costs the same
 * however many there are, and a client cannot make a session larger than some KiB. Their age is known roughly, by generation.
 */
@OnLane
final class PacketIds {
    private long lifeMillis;
    private BitSet recent = new BitSet(0);
    private BitSet older = new BitSet(0);
    private int size;

    /** Everything in {@link #older} was added before. */
    private long turnedAt;

    private long addedAt;

    PacketIds(long lifeMillis) {
        this.lifeMillis = lifeMillis;
    }

    /** Identifiers live this long from now on. */
    void life(long millis) {
        lifeMillis = millis;
    }

    int size() {
        return size;
    }

    boolean contains(int packetId) {
        return recent.get(packetId) || older.get(packetId);
    }

    /** Adds one that is not there. */
    void add(int packetId, long nowMillis) {
        if (size == 0) {
            turnedAt = nowMillis;
        }
        recent.set(packetId);
        addedAt = nowMillis;
        size++;
    }

    /** False when it was not there. */
    boolean remove(int packetId) {
        if (!contains(packetId)) {
            return false;
        }
        recent.clear(packetId);
        older.clear(packetId);
        size--;
        return true;
    }

    /** Forgets identifiers that are older than their life: perhaps not yet all of them, but none that is younger. */
    void forgetOld(long nowMillis) {
        if (nowMillis - addedAt >= lifeMillis) {
            recent.clear();
            older.clear();
            size = 0;
        } else if (nowMillis - turnedAt >= lifeMillis) {
            size -= older.cardinality();
            older = recent;
            recent = new BitSet(0);
            turnedAt = nowMillis;
        }
    }
}

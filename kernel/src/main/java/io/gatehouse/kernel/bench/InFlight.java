package io.gatehouse.kernel.bench;

import java.util.Arrays;

/** The messages of QoS 1 or 2 that one publisher waits for, by packet identifier. One thread. */
final class InFlight {
    /** Returned for an identifier that is not in flight. */
    static final long UNKNOWN = Long.MIN_VALUE;

    private final long[] since;
    private final short[] free;
    private int next;
    private int count;

    /** Room for so many, 1 to 65,535. */
    InFlight(int size) {
        since = new long[size];
        free = new short[size];
        clear();
    }

    boolean isFull() {
        return count == since.length;
    }

    /** Takes the identifier that was free for longest, for a message that was due at this time. */
    int take(long due) {
        int index = Short.toUnsignedInt(free[next]);
        next = next + 1 == free.length ? 0 : next + 1;
        count++;
        since[index] = due;
        return index + 1;
    }

    /** True when it is in flight; a PUBREC may come for it. */
    boolean knows(int packetId) {
        return packetId > 0 && packetId <= since.length && since[packetId - 1] != UNKNOWN;
    }

    /** The message is through: when it was due, or {@link #UNKNOWN}. */
    long done(int packetId) {
        if (!knows(packetId)) {
            return UNKNOWN;
        }
        long due = since[packetId - 1];
        since[packetId - 1] = UNKNOWN;
        int last = next + free.length - count;
        free[last % free.length] = (short) (packetId - 1);
        count--;
        return due;
    }

    /** Forgets them all: the connection is gone. How many they were. */
    int clear() {
        int forgotten = count;
        Arrays.fill(since, UNKNOWN);
        for (int i = 0; i < free.length; i++) {
            free[i] = (short) i;
        }
        next = 0;
        count = 0;
        return forgotten;
    }
}

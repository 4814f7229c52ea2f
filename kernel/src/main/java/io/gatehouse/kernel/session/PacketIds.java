package io.gatehouse.kernel.session;

import java.util.Arrays;

/**
 * The packet identifiers of inbound QoS 2 messages that wait for their PUBREL (MQTT 5.0 section 4.3.3). Few at a time: the receive
 * maximum bounds them, so a plain array is searched.
 */
@OnLane
final class PacketIds {
    private int[] ids = new int[4];
    private long[] since = new long[4];
    private int size;

    int size() {
        return size;
    }

    boolean contains(int packetId) {
        return indexOf(packetId) >= 0;
    }

    void add(int packetId, long nowMillis) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
            since = Arrays.copyOf(since, size * 2);
        }
        ids[size] = packetId;
        since[size++] = nowMillis;
    }

    /** False when it was not there. */
    boolean remove(int packetId) {
        int index = indexOf(packetId);
        if (index < 0) {
            return false;
        }
        removeAt(index);
        return true;
    }

    /** Forgets identifiers added before {@code millis}. */
    void removeOlderThan(long millis) {
        for (int i = size - 1; i >= 0; i--) {
            if (since[i] < millis) {
                removeAt(i);
            }
        }
    }

    private void removeAt(int index) {
        size--;
        ids[index] = ids[size];
        since[index] = since[size];
    }

    private int indexOf(int packetId) {
        for (int i = 0; i < size; i++) {
            if (ids[i] == packetId) {
                return i;
            }
        }
        return -1;
    }
}

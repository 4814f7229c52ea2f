package io.gatehouse.kernel.session;

import io.gatehouse.kernel.config.QueueOverflow;
import io.gatehouse.kernel.memory.MemoryPressure;

/**
 * The bounds of a session; one object serves all sessions that have the same.
 *
 * @param maxInflight QoS 1 and 2 messages on their way to the client
 * @param maxQueue messages that wait
 * @param maxQueueBytes of the messages that wait
 * @param overflow what happens when the queue has no room
 * @param awaitingRelMillis how long a QoS 2 message from the client waits for its PUBREL before its identifier may be forgotten
 * @param memory whether there is memory for messages that need not wait
 */
public record SessionLimits(
        int maxInflight,
        int maxQueue,
        long maxQueueBytes,
        QueueOverflow overflow,
        long awaitingRelMillis,
        MemoryPressure memory) {

    /** Bounds in messages only; what does not fit the queue is dropped. */
    public SessionLimits(int maxInflight, int maxQueue, long awaitingRelMillis) {
        this(maxInflight, maxQueue, Long.MAX_VALUE, QueueOverflow.DROP_NEWEST, awaitingRelMillis, MemoryPressure.NONE);
    }
}

package io.gatehouse.kernel.config;

/** What happens to a message for a session whose queue is full, once everything that has expired is gone. */
public enum QueueOverflow {
    /** The new message is dropped. */
    DROP_NEWEST,
    /** The oldest ones are dropped until the new one fits. */
    DROP_OLDEST,
    /** The new message is dropped and the client is disconnected; while it is away, as {@link #DROP_NEWEST}. */
    DISCONNECT
}

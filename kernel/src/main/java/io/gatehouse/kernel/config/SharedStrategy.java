package io.gatehouse.kernel.config;

/** Which member of a shared subscription gets the next message; those that are connected come first, whatever the strategy. */
public enum SharedStrategy {
    /** Any of them. */
    RANDOM,
    /** One after the other. */
    ROUND_ROBIN,
    /** Always the same, as long as it is connected. */
    STICKY,
    /** One after the other of those on the publisher's lane, else of all. */
    LOCAL,
    /** The same for all messages of a topic, as long as the members stay the same. */
    HASH_TOPIC,
    /** The same for all messages of a publisher, as long as the members stay the same. */
    HASH_CLIENT_ID
}

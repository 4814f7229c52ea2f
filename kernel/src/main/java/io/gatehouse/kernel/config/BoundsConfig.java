package io.gatehouse.kernel.config;

import java.time.Duration;

/**
 * What the broker holds at most, beyond the limits that {@link MqttConfig} announces to clients.
 *
 * @param maxSessions sessions in all, connected or not, 1 to 100,000,000; default 1,000,000
 * @param maxTotalSubscriptions subscriptions of all sessions together, 1 to 1,000,000,000; default 10,000,000
 * @param maxConnectSize bytes of a packet before the connection is let in, 1 KiB to 256 MiB; default 16 KiB
 * @param maxQueueSize bytes of the messages that wait for one session, 1 KiB to 1 TiB; default 64 MiB
 * @param queueOverflow what happens when either bound of the queue is reached; by default the new message is dropped
 * @param slowConsumerTimeout a client that takes no byte for this long while messages wait for it is disconnected, whole seconds to 1 d;
 *     0 for never; default 60 s
 * @param maxRetainedSize bytes of all retained messages, 0 to 1 TiB; default 1 GiB
 * @param maxUserProperties user properties in one section of a packet, 0 to 65,535; default 1,000
 * @param maxUserPropertiesSize characters of the user properties in one section of a packet, 0 to 256 MiB; default 64 KiB
 * @param maxTopicAliasSize characters of the topics for which the aliases of one connection stand, 1 KiB to 256 MiB; default 1 MiB
 * @param maxHandoverSize bytes of messages under way to one lane, 64 KiB to 1 TiB; default 16 MiB
 * @param memoryCeiling percent of the memory from which on nothing more is taken, 10 to 100; default 85
 */
public record BoundsConfig(
        int maxSessions,
        int maxTotalSubscriptions,
        int maxConnectSize,
        long maxQueueSize,
        QueueOverflow queueOverflow,
        Duration slowConsumerTimeout,
        long maxRetainedSize,
        int maxUserProperties,
        int maxUserPropertiesSize,
        int maxTopicAliasSize,
        long maxHandoverSize,
        int memoryCeiling) {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** As by default. */
    public static final BoundsConfig DEFAULT = new BoundsConfig(
            1_000_000,
            10_000_000,
            16 * KIB,
            64 * MIB,
            QueueOverflow.DROP_NEWEST,
            Duration.ofSeconds(60),
            1024 * MIB,
            1_000,
            64 * KIB,
            MIB,
            16 * MIB,
            85);
}

package io.gatehouse.kernel.config;

import java.time.Duration;

/**
 * Limits and choices of the protocol. Each key stands under {@code mqtt} by the same name in lower case with dashes.
 *
 * @param maxPacketSize in bytes, 1 KiB to 256 MiB; default 1 MiB
 * @param connectTimeout how long a connection may take to complete its CONNECT, 100 ms to 10 min; default 10 s
 * @param maxKeepAlive whole seconds to 65,535; a client that asks for more, or for none, is told this one; 0 (default) for no limit
 * @param maxInflight QoS 1 and 2 messages on their way to one client, 1 to 65,535; default 32
 * @param receiveMaximum QoS 1 and 2 messages on their way from one client, 1 to 65,535; default 100
 * @param maxQueue messages waiting for one session, 1 to 1,000,000; default 1,000
 * @param awaitingRelTimeout how long an inbound QoS 2 message may wait for its PUBREL, 1 s to 1 d; default 300 s
 * @param sessionExpiry how long the session of a 3.x client without clean session outlives its connection; default 2 h
 * @param maxSessionExpiry the longest session expiry that a client gets; default for ever
 * @param topicAliasMaximum the highest topic alias taken from a client, 0 to 65,535; default 65,535
 * @param maxTopicLevels levels in a topic name or filter, 1 to 128; default 10
 * @param maxClientIdLength bytes, 23 to 65,535; default 65,535
 * @param maxSubscriptions per session, 1 to 1,000,000; default 100,000
 * @param maxRetained retained messages in all, 0 to 100,000,000; default 1,000,000
 */
public record MqttConfig(
        int maxPacketSize,
        Duration connectTimeout,
        Duration maxKeepAlive,
        int maxInflight,
        int receiveMaximum,
        int maxQueue,
        Duration awaitingRelTimeout,
        Duration sessionExpiry,
        Duration maxSessionExpiry,
        int topicAliasMaximum,
        int maxTopicLevels,
        int maxClientIdLength,
        int maxSubscriptions,
        int maxRetained) {

    /** A session expiry that means for ever: the largest number of seconds MQTT can express. */
    public static final Duration FOR_EVER = Duration.ofSeconds(0xFFFF_FFFFL);
}

package io.gatehouse.kernel.session;

/**
 * The bounds of a session.
 *
 * @param maxInflight QoS 1 and 2 messages on their way to the client
 * @param maxQueue messages that wait
 * @param awaitingRelMillis how long a QoS 2 message from the client waits for its PUBREL before its identifier may be forgotten
 */
public record SessionLimits(int maxInflight, int maxQueue, long awaitingRelMillis) {}

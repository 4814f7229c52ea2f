package io.gatehouse.kernel.session;

/**
 * The bounds of a session.
 *
 * @param maxInflight QoS 1 and 2 messages on their way to the client
 * @param maxQueue messages that wait
 * @param receiveMaximum QoS 2 messages from the client that wait for their PUBREL
 * @param awaitingRelMillis how long such a message waits before its identifier may be forgotten
 */
public record SessionLimits(int maxInflight, int maxQueue, int receiveMaximum, long awaitingRelMillis) {}

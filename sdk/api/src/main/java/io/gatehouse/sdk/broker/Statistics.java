package io.gatehouse.sdk.broker;

/**
 * Counters since the broker started, and gauges of the moment.
 *
 * @param connections clients connected now
 * @param sessions sessions now, connected or not
 * @param subscriptions subscriptions now
 * @param retained retained messages now
 * @param connectsAccepted CONNECT packets answered with success
 * @param connectsRefused CONNECT packets answered with a failure
 * @param messagesReceived application messages that clients sent
 * @param messagesSent application messages sent to clients
 * @param messagesDropped application messages that a subscriber should have had and did not get
 * @param publishesRefused application messages that were refused by authorization or an interceptor
 */
public record Statistics(
        long connections,
        long sessions,
        long subscriptions,
        long retained,
        long connectsAccepted,
        long connectsRefused,
        long messagesReceived,
        long messagesSent,
        long messagesDropped,
        long publishesRefused) {}

package io.gatehouse.sdk.broker;

import io.gatehouse.sdk.mqtt.Client;
import java.time.Instant;

/**
 * One session at the moment of asking.
 *
 * @param client the client, as of its latest connection
 * @param connected true when the client is connected
 * @param since when the latest connection began, or ended when {@code connected} is false
 * @param expirySeconds how long the session outlives its connection, 0 to 4,294,967,295
 * @param subscriptions the number of its subscriptions
 * @param inFlight messages sent and not yet acknowledged
 * @param queued messages waiting to be sent
 */
public record SessionInfo(
        Client client,
        boolean connected,
        Instant since,
        long expirySeconds,
        int subscriptions,
        int inFlight,
        int queued) {}

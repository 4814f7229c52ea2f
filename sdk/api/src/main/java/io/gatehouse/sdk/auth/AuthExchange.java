package io.gatehouse.sdk.auth;

import io.gatehouse.sdk.mqtt.Payload;
import org.osgi.annotation.versioning.ConsumerType;

/** One conversation of enhanced authentication. Its calls come one after the other, possibly on different virtual threads. */
@ConsumerType
public interface AuthExchange extends AutoCloseable {
    /**
     * Answers what the client sent: the authentication data of CONNECT first, of AUTH packets later.
     *
     * @param data the authentication data, {@link Payload#EMPTY} when the packet carried none
     * @throws Exception when no decision could be made; the client is refused
     */
    AuthStep next(Payload data) throws Exception;

    /** Called once when the conversation has ended, for whatever reason. */
    @Override
    default void close() {}
}

package io.gatehouse.sdk.auth;

import io.gatehouse.sdk.mqtt.Payload;
import org.osgi.annotation.versioning.ProviderType;

/** What an {@link AuthExchange} says next. */
@ProviderType
public sealed interface AuthStep {
    /** Asks the client for more with an AUTH packet that carries {@code data}. */
    record Continue(Payload data) implements AuthStep {}

    /** Lets the client in; {@code data} goes into CONNACK (or the closing AUTH of a re-authentication). */
    record Success(AuthResult.Accept accept, Payload data) implements AuthStep {}

    /** Refuses the client. */
    record Failure(AuthResult.Reject reject) implements AuthStep {}
}

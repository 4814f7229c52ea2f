package io.gatehouse.sdk.intercept;

import io.gatehouse.sdk.auth.ConnectRequest;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Looks at a CONNECT before authentication and may rewrite it, for example the user name. Its place is where the operator names the
 * component in {@code interceptors.connect}. Called on a virtual thread under the authentication deadline; it may block. A failed
 * call (late, exception, null) refuses the client.
 */
@ConsumerType
@FunctionalInterface
public interface ConnectInterceptor {
    /**
     * Judges one CONNECT.
     *
     * @throws Exception when no decision could be made; the client is refused
     */
    Verdict<ConnectRequest> onConnect(ConnectRequest request) throws Exception;
}

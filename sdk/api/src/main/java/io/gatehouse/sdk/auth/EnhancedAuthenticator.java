package io.gatehouse.sdk.auth;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides who may connect by a conversation of AUTH packets (MQTT 5.0 section 4.12), such as SCRAM or Kerberos. It stands in
 * {@code authentication.chain} like an {@link Authenticator} and is asked only for clients that name its {@link #method()}.
 *
 * <p>Thread, blocking, deadline and failure are those of {@link Authenticator}, for each step of the conversation. The plugin is
 * held for the whole conversation: an upgrade waits for it, and new conversations go to the new version.
 */
@ConsumerType
public interface EnhancedAuthenticator {
    /** The authentication method that clients name in CONNECT; constant, at most 65,535 bytes of UTF-8. Must not block. */
    String method();

    /**
     * Starts a conversation for a CONNECT, or for a re-authentication of a connected client. In the latter case the client is the
     * one already accepted.
     *
     * @throws Exception when no conversation can be held; the client is refused
     */
    AuthExchange begin(ConnectRequest request) throws Exception;
}

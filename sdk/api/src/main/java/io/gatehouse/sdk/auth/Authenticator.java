package io.gatehouse.sdk.auth;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides who may connect. A plugin registers one as a Declarative Services component; its place in the chain is where the
 * operator names the component in {@code authentication.chain}.
 *
 * <p>The kernel calls it for each CONNECT that reaches its place, on a virtual thread of that connection: it may block, and many
 * calls run at the same time. The call has a deadline ({@code authentication.deadline}); a call that is late is interrupted and
 * counts as failed. A failed call (late, exception, null) refuses the client with "server unavailable" and is counted.
 */
@ConsumerType
@FunctionalInterface
public interface Authenticator {
    /**
     * Judges one CONNECT.
     *
     * @return {@link AuthResult.Accept} or {@link AuthResult.Reject} to end the chain, {@link AuthResult.Abstain} to leave the
     *     decision to the next in the chain; when all abstain the client is refused
     * @throws Exception when no decision could be made; the client is refused
     */
    AuthResult authenticate(ConnectRequest request) throws Exception;
}

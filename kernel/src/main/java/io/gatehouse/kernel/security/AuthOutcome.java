package io.gatehouse.kernel.security;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;

/** What became of one authentication. */
public sealed interface AuthOutcome {

    /** Anything but a permission. */
    sealed interface NotAccepted extends AuthOutcome {}

    /**
     * The client may connect.
     *
     * @param client who it is from now on: the names, attributes and rights that the module gave it
     * @param accept what the module said, for its expiry and its rules
     * @param module who said it
     */
    record Accepted(Client client, AuthResult.Accept accept, String module) implements AuthOutcome {}

    /**
     * The client may not connect.
     *
     * @param explanation for the log, never sent to the client
     * @param module who said it; empty when no module did
     */
    record Refused(ReasonCode reason, String explanation, String module) implements NotAccepted {}

    /** Nobody decided, because this module of the chain is absent. It may be worth waiting for it. */
    record Absent(String module) implements NotAccepted {}
}

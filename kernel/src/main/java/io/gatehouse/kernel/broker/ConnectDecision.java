package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Payload;

/**
 * What was decided about a CONNECT or a re-authentication.
 *
 * @param request as the connect interceptors left it: what was judged is what the client gets
 * @param data for the client, {@link Payload#EMPTY} when no conversation took place
 */
record ConnectDecision(ConnectRequest request, AuthOutcome outcome, Payload data) {

    /** A decision that came about without a conversation. */
    ConnectDecision(ConnectRequest request, AuthOutcome outcome) {
        this(request, outcome, Payload.EMPTY);
    }
}

package io.gatehouse.kernel.security;

import io.gatehouse.sdk.auth.AuthExchange;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks the modules of {@code authentication.chain}, in that order, who may connect.
 *
 * <p>Accept and reject end the chain, abstain goes on. Only a module's accept lets a client in: a chain that is empty or exhausted
 * refuses with "not authorized", or with "bad user name or password" who showed a password, a failed call with "server unavailable", and a hole in the chain is reported as such. Immutable; any
 * number of virtual threads at a time; blocks.
 */
public final class AuthenticationChain {
    private final List<Gate<Object>> gates;
    private final Duration deadline;
    private final Acceptance acceptance;

    /**
     * @param gates whose services are {@link Authenticator}, {@link EnhancedAuthenticator} or both
     * @param deadline for each single call
     */
    public AuthenticationChain(List<Gate<Object>> gates, Duration deadline) {
        this(gates, deadline, InstantSource.system());
    }

    /** The same with a clock of its own. */
    public AuthenticationChain(List<Gate<Object>> gates, Duration deadline, InstantSource clock) {
        this.gates = List.copyOf(gates);
        this.deadline = deadline;
        this.acceptance = new Acceptance(clock);
    }

    /** Judges a CONNECT that names no authentication method. Never throws. */
    public AuthOutcome authenticate(ConnectRequest request) {
        for (Gate<Object> gate : gates) {
            Object service = gate.service();
            if (service == null) {
                return new AuthOutcome.Absent(gate.name());
            }
            try {
                switch (ask(gate, service, request)) {
                    case AuthResult.Accept accept -> {
                        return acceptance.judge(request.client(), accept, gate);
                    }
                    case AuthResult.Reject reject -> {
                        return refused(reject, gate);
                    }
                    case AuthResult.Abstain abstain -> {}
                }
            } catch (GateFailure failure) {
                return failed(failure, gate);
            }
        }
        return new AuthOutcome.Refused(unknown(request), "no module of authentication.chain knows this client", "");
    }

    /** Who shows a password is told the same as with a wrong one: the answer must not tell which users exist. */
    private static ReasonCode unknown(ConnectRequest request) {
        return request.password() == null ? ReasonCode.NOT_AUTHORIZED : ReasonCode.BAD_USER_NAME_OR_PASSWORD;
    }

    /**
     * Begins a conversation with the first module that offers this method, for a CONNECT or a re-authentication. Never throws.
     *
     * @param method the authentication method of the CONNECT
     */
    public EnhancedStart beginEnhanced(ConnectRequest request, String method) {
        for (Gate<Object> gate : gates) {
            Object service = gate.service();
            if (service == null) {
                return new EnhancedStart.NotStarted(new AuthOutcome.Absent(gate.name()));
            }
            if (!(service instanceof EnhancedAuthenticator enhanced)) {
                continue;
            }
            try {
                if (method.equals(GateCall.aside(deadline, gate, enhanced::method))) {
                    AuthExchange exchange = GateCall.within(deadline, gate, () -> enhanced.begin(request));
                    return new EnhancedStart.Started(
                            new AuthConversation(method, request.client(), exchange, gate, deadline, acceptance));
                }
            } catch (GateFailure failure) {
                return new EnhancedStart.NotStarted(failed(failure, gate));
            }
        }
        return new EnhancedStart.NotStarted(new AuthOutcome.Refused(
                ReasonCode.BAD_AUTHENTICATION_METHOD,
                "no module of authentication.chain offers the authentication method of the client",
                ""));
    }

    private AuthResult ask(Gate<Object> gate, Object service, ConnectRequest request) throws GateFailure {
        return service instanceof Authenticator authenticator
                ? GateCall.within(deadline, gate, () -> Acceptance.possible(authenticator.authenticate(request)))
                : AuthResult.abstain();
    }

    static AuthOutcome.Refused refused(AuthResult.Reject reject, Gate<?> gate) {
        gate.meter().refused();
        return new AuthOutcome.Refused(reject.reason(), reject.explanation(), gate.name());
    }

    static AuthOutcome.Refused failed(GateFailure failure, Gate<?> gate) {
        return new AuthOutcome.Refused(
                ReasonCode.SERVER_UNAVAILABLE, "the module failed: " + failure.getMessage(), gate.name());
    }
}

package io.gatehouse.kernel.security;

import io.gatehouse.sdk.auth.AuthExchange;
import io.gatehouse.sdk.auth.AuthStep;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Payload;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One conversation of enhanced authentication (MQTT 5.0 section 4.12) with one module.
 *
 * <p>{@code next} is called by one virtual thread after the other, never by two at a time; it blocks up to the deadline. Whoever holds
 * the conversation holds the lease of the snapshot it came from, and closes both. It is over after {@code Done} or {@code Refused}.
 */
public final class AuthConversation implements AutoCloseable {
    private final String method;
    private final Client client;
    private final AuthExchange exchange;
    private final Gate<Object> gate;
    private final Duration deadline;
    private final Acceptance acceptance;
    private final AtomicBoolean closed = new AtomicBoolean();

    AuthConversation(
            String method,
            Client client,
            AuthExchange exchange,
            Gate<Object> gate,
            Duration deadline,
            Acceptance acceptance) {
        this.method = method;
        this.client = client;
        this.exchange = exchange;
        this.gate = gate;
        this.deadline = deadline;
        this.acceptance = acceptance;
    }

    /** The authentication method, which every AUTH of the conversation must repeat. */
    public String method() {
        return method;
    }

    /** The module that holds the conversation. */
    public String module() {
        return gate.name();
    }

    /**
     * Hands what the client sent to the module. Never throws.
     *
     * @param data the authentication data, {@link Payload#EMPTY} when the packet carried none
     */
    public AuthStepOutcome next(Payload data) {
        if (closed.get()) {
            GateFailure over = new GateFailure("the conversation was over already");
            gate.meter().failed(over);
            return refused(AuthenticationChain.failed(over, gate));
        }
        try {
            AuthStep step = GateCall.within(deadline, gate, () -> complete(exchange.next(data)));
            return switch (step) {
                case AuthStep.Continue more -> new AuthStepOutcome.Continue(more.data());
                case AuthStep.Failure failure -> refused(AuthenticationChain.refused(failure.reject(), gate));
                case AuthStep.Success success -> succeeded(success);
            };
        } catch (GateFailure failure) {
            return refused(AuthenticationChain.failed(failure, gate));
        }
    }

    /**
     * Tells the module, once, that the conversation has ended. Blocks up to the deadline: to be called on a virtual thread, after the
     * last {@code next} has returned and before the lease is released.
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            GateCall.farewell(deadline, gate, () -> {
                exchange.close();
                return true;
            });
        } catch (GateFailure failure) {
            // It is counted and logged, and the conversation is over all the same.
        }
    }

    /** A step made of nulls is as good as null. */
    private static @Nullable AuthStep complete(@Nullable AuthStep step) throws GateFailure {
        return switch (step) {
            case null -> null;
            case AuthStep.Continue more -> more.data() == null ? null : more;
            case AuthStep.Success success -> {
                if (success.accept() == null || success.data() == null) {
                    yield null;
                }
                Acceptance.require(success.accept());
                yield success;
            }
            case AuthStep.Failure failure -> failure.reject() == null ? null : failure;
        };
    }

    private AuthStepOutcome succeeded(AuthStep.Success success) {
        return switch (acceptance.judge(client, success.accept(), gate)) {
            case AuthOutcome.Accepted accepted -> new AuthStepOutcome.Done(accepted, success.data());
            case AuthOutcome.Refused refused -> refused(refused);
            case AuthOutcome.Absent absent -> throw new IllegalStateException("an accept cannot be absent");
        };
    }

    private static AuthStepOutcome refused(AuthOutcome.Refused refused) {
        return new AuthStepOutcome.Refused(refused);
    }
}

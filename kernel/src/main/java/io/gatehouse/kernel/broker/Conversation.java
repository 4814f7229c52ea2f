package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.security.AuthConversation;
import io.gatehouse.kernel.security.AuthStepOutcome;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Payload;

/**
 * A conversation of enhanced authentication together with the lease that holds its module until it ends.
 *
 * @param request what it is about, as the connect interceptors left it
 */
@AnyThread
record Conversation(ConnectRequest request, AuthConversation exchange, PluginLease lease) {

    /** What the module says next. */
    sealed interface Turn {
        /** The client is asked for more. */
        record Ask(Conversation conversation, Payload data) implements Turn {}

        /** The conversation is over. */
        record Decided(ConnectDecision decision) implements Turn {}
    }

    /** Hands the client's data to the module; blocks. */
    Turn next(Payload data) {
        return switch (exchange.next(data)) {
            case AuthStepOutcome.Continue more -> new Turn.Ask(this, more.data());
            case AuthStepOutcome.Done done -> {
                end();
                yield new Turn.Decided(new ConnectDecision(request, done.accepted(), done.data()));
            }
            case AuthStepOutcome.Refused refused -> {
                end();
                yield new Turn.Decided(new ConnectDecision(request, refused.refused()));
            }
        };
    }

    /** Lets go of the module; blocks. To be called once, and not after {@link #next} has decided. */
    void end() {
        exchange.close();
        lease.close();
    }
}

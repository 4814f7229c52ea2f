package io.gatehouse.sdk.intercept;

import io.gatehouse.sdk.mqtt.ReasonCode;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an interceptor wants to happen.
 *
 * @param <T> what goes through the chain
 */
@ProviderType
public sealed interface Verdict<T> {
    /** Goes on with this value, the given one or a rewritten one. */
    static <T> Verdict<T> forward(T value) {
        return new Forward<>(value);
    }

    /** Ends here in silence: the sender is told that all is well. */
    static <T> Verdict<T> drop() {
        return new Drop<>();
    }

    /** Ends here, and the sender is told why. */
    static <T> Verdict<T> reject(ReasonCode reason, String explanation) {
        return new Reject<>(reason, explanation);
    }

    /** Goes on with {@code value}. */
    record Forward<T>(T value) implements Verdict<T> {}

    /** Ends in silence. A CONNECT cannot be dropped: there it counts as a refusal. */
    record Drop<T>() implements Verdict<T> {}

    /**
     * Ends with a refusal.
     *
     * @param reason a failure code that the answering packet may carry; older clients get what their version knows
     * @param explanation for the log, never sent and without secrets
     */
    record Reject<T>(ReasonCode reason, String explanation) implements Verdict<T> {
        public Reject {
            if (!reason.isFailure()) {
                throw new IllegalArgumentException(reason + " does not refuse");
            }
        }
    }
}

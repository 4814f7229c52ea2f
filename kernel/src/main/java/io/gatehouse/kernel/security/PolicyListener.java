package io.gatehouse.kernel.security;

import io.gatehouse.sdk.mqtt.Client;
import java.util.function.Predicate;

/**
 * Acts on policy changes in the kernel: the broker room hands them to its lanes. Any thread calls; the calls must not block. The
 * predicates never throw: a plugin's predicate that does counts as true.
 */
public interface PolicyListener {
    /** The live subscriptions of these clients have to be judged again. */
    void changedFor(Predicate<Client> affected);

    /** These clients have to be disconnected. */
    void revoked(Predicate<Client> revoked);
}

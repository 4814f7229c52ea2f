package io.gatehouse.kernel.guard;

import io.gatehouse.sdk.mqtt.Client;
import java.util.function.Predicate;

/** Is told of each ban that an operator makes, after it is in force. Called by any thread; must not block. */
@FunctionalInterface
public interface BanListener {
    /** These clients are banned now. */
    void banned(Predicate<Client> whom);
}

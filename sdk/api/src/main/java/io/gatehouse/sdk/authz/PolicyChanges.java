package io.gatehouse.sdk.authz;

import io.gatehouse.sdk.mqtt.Client;
import java.util.function.Predicate;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells the broker that decisions made earlier may no longer hold. Offered by the kernel as a service; an authenticator or
 * authorizer takes it by reference. Cached decisions are dropped and live subscriptions of the clients concerned are judged
 * again: one that is no longer allowed ends. Any thread may call; the calls do not block.
 */
@ProviderType
public interface PolicyChanges {
    /** The policy changed for everybody. */
    void changedForAll();

    /**
     * The policy changed for these clients.
     *
     * @param affected called on lanes, must not block; a client is taken to be affected when it throws
     */
    void changedFor(Predicate<Client> affected);

    /**
     * These clients may no longer be connected, for example because the user was removed.
     *
     * @param revoked called on lanes, must not block; a client is taken to be revoked when it throws
     */
    void revoked(Predicate<Client> revoked);
}

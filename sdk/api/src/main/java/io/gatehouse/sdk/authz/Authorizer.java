package io.gatehouse.sdk.authz;

import io.gatehouse.sdk.mqtt.Client;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Decides what a client may publish and subscribe to. Its place is where the operator names the component in
 * {@code authorization.sources}.
 *
 * <p>The kernel calls it on the lane of the client, an event loop that serves thousands of others: it must not block and should
 * answer within microseconds. A component that has to ask somebody is marked
 * {@link io.gatehouse.sdk.plugin.Blocking @Blocking}: it is then called on a virtual thread under a deadline while only this
 * client's packets wait. Decisions may be cached per client until {@link PolicyChanges} says otherwise. A failed call (late,
 * exception, null) denies and is counted.
 */
@ConsumerType
@FunctionalInterface
public interface Authorizer {
    /**
     * Judges one action of one client.
     *
     * @return {@link Decision#ALLOW} or {@link Decision#DENY} to end the search, {@link Decision#ABSTAIN} to leave it to the next
     *     source; when all abstain {@code authorization.no-match} decides
     * @throws Exception when no decision could be made; the action is denied
     */
    Decision decide(Client client, Action action) throws Exception;
}

package io.gatehouse.sdk.users;

import io.gatehouse.sdk.mqtt.Secret;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Users that an operator manages: what {@code gatehouse user} talks to. An authenticator with users of its own offers it beside
 * {@link io.gatehouse.sdk.auth.Authenticator}. Called on a virtual thread; it may block. What a call changed is durable when it returns.
 */
@ConsumerType
public interface UserDirectory {
    /**
     * Adds a user.
     *
     * @param userId a user name or client identifier, as the module is configured
     * @return false when there is one already; it is left as it was
     * @throws IllegalArgumentException with a sentence for the operator when the name or the password cannot be accepted
     */
    boolean add(String userId, Secret password, boolean superuser);

    /**
     * Gives a user a new password.
     *
     * @return false when there is no such user
     * @throws IllegalArgumentException with a sentence for the operator when the password cannot be accepted
     */
    boolean changePassword(String userId, Secret password);

    /**
     * Removes a user; its connected clients are disconnected.
     *
     * @return false when there is no such user
     */
    boolean remove(String userId);

    /**
     * Users sorted by name, those after {@code after} only.
     *
     * @param after the last name of the page before, the empty string for the first page
     * @param limit at most this many, 1 to 1,000
     */
    List<User> list(String after, int limit);

    /** A user without its password. */
    record User(String userId, boolean superuser) {}
}

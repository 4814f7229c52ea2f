package io.gatehouse.auth.builtin;

import io.gatehouse.auth.builtin.hash.Argon2idHash;
import io.gatehouse.auth.builtin.hash.PasswordHash;
import io.gatehouse.auth.builtin.store.StoreKeeper;
import io.gatehouse.auth.builtin.store.UserStoreException;
import io.gatehouse.auth.builtin.user.Passwords;
import io.gatehouse.auth.builtin.user.UserRecord;
import io.gatehouse.sdk.auth.AuthResult;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges one pair of user id and password. Runs on {@link Workers}. */
final class Login {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    private static final int MAX_ATTEMPTS = 3;

    private final StoreKeeper stores;
    private final Hashing hashing;
    private final UserIdType userIdType;
    private final boolean hideUnknownUsers;

    Login(StoreKeeper stores, Hashing hashing, UserIdType userIdType, boolean hideUnknownUsers) {
        this.stores = stores;
        this.hashing = hashing;
        this.userIdType = userIdType;
        this.hideUnknownUsers = hideUnknownUsers;
    }

    /**
     * Accepts the right password, rejects a wrong one and abstains for an unknown user.
     *
     * <p>A user may be removed or get a new password while a hash is computed. The answer is given for the record that is in the store
     * afterwards.
     *
     * @throws IllegalStateException when the user changes all the time
     */
    AuthResult judge(String userId, byte[] password) throws InterruptedException {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<UserRecord> found = stores.use(store -> store.find(userId));
            if (found.isEmpty()) {
                return unknown(password);
            }
            UserRecord user = found.get();
            if (!verified(user.password(), password)) {
                return AuthResult.reject("The password is not that of the user.");
            }
            if (stillValid(userId, user, password)) {
                return accepted(userId, user);
            }
        }
        throw new IllegalStateException("The user was changed again and again while the password was verified.");
    }

    private AuthResult unknown(byte[] password) throws InterruptedException {
        // Without any user there is nothing to hide.
        if (hideUnknownUsers && !stores.use(store -> store.isEmpty())) {
            hashing.pretend(password);
        }
        return AuthResult.abstain();
    }

    private boolean verified(PasswordHash kept, byte[] password) {
        boolean verifiable = Passwords.acceptable(password.length);
        boolean matches = verifiable && kept.matches(password);
        // Older hashes are computed faster, and a password that cannot be right is not hashed at all.
        boolean quick = !verifiable || !(kept instanceof Argon2idHash);
        if (!matches && quick && hideUnknownUsers) {
            hashing.pretend(password);
        }
        return matches;
    }

    private boolean stillValid(String userId, UserRecord user, byte[] password) throws InterruptedException {
        if (!hashing.isOutdated(user.password())) {
            return stores.use(store -> store.holds(userId, user));
        }
        UserRecord renewed = new UserRecord(user.superuser(), hashing.hash(password));
        try {
            return stores.use(store -> store.refresh(userId, user, renewed));
        } catch (UserStoreException e) {
            // A full disk must not keep users out whose password is right; the health of the module tells.
            LOG.warn("A password hash could not be renewed: {}", e.sentence());
            return stores.use(store -> store.holds(userId, user));
        }
    }

    private AuthResult accepted(String userId, UserRecord user) {
        AuthResult.Accept accept = AuthResult.accept().withSuperuser(user.superuser());
        return switch (userIdType) {
            case USERNAME -> accept;
            // The password belongs to the client identifier; a user name beside it is a claim that nothing has
            // verified.
            case CLIENTID -> accept.withUsername(userId);
        };
    }
}

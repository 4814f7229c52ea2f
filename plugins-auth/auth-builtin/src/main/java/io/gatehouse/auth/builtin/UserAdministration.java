package io.gatehouse.auth.builtin;

import io.gatehouse.auth.builtin.hash.PasswordHash;
import io.gatehouse.auth.builtin.store.StoreKeeper;
import io.gatehouse.auth.builtin.user.Passwords;
import io.gatehouse.auth.builtin.user.UserIds;
import io.gatehouse.auth.builtin.user.UserRecord;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.users.UserDirectory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What an operator does with users. Its work runs on a thread of its own, so that a flood of logins does not keep operators out. */
final class UserAdministration implements UserDirectory {
    private static final int MAX_PAGE = 1_000;

    private final StoreKeeper stores;
    private final Workers workers;
    private final Hashing hashing;
    private final UserIdType userIdType;
    private final PolicyChanges policyChanges;

    UserAdministration(
            StoreKeeper stores, Workers workers, Hashing hashing, UserIdType userIdType, PolicyChanges policyChanges) {
        this.stores = stores;
        this.workers = workers;
        this.hashing = hashing;
        this.userIdType = userIdType;
        this.policyChanges = policyChanges;
    }

    @Override
    public boolean add(String userId, Secret password, boolean superuser) {
        UserIds.checked(userId);
        Passwords.checked(password);
        return done(() -> {
            if (stores.use(store -> store.find(userId)).isPresent()) {
                return false;
            }
            UserRecord user = new UserRecord(superuser, hashed(password));
            return stores.use(store -> store.add(userId, user));
        });
    }

    @Override
    public boolean changePassword(String userId, Secret password) {
        Passwords.checked(password);
        boolean changed = done(() -> {
            PasswordHash hash = hashed(password);
            return replaced(userId, hash);
        });
        if (changed) {
            revoke(userId);
        }
        return changed;
    }

    @Override
    public boolean remove(String userId) {
        boolean removed = done(() -> stores.use(store -> store.remove(userId)));
        if (removed) {
            revoke(userId);
        }
        return removed;
    }

    @Override
    public List<User> list(String after, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw new IllegalArgumentException("A page must have 1 to 1,000 users, but " + limit + " were asked for.");
        }
        return done(() -> stores.use(store -> store.list(after, limit)));
    }

    /** Tries again when a login has renewed the old hash meanwhile. */
    private boolean replaced(String userId, PasswordHash hash) throws InterruptedException {
        while (true) {
            Optional<UserRecord> found = stores.use(store -> store.find(userId));
            if (found.isEmpty()) {
                return false;
            }
            UserRecord user = found.get();
            UserRecord replacement = new UserRecord(user.superuser(), hash);
            if (stores.use(store -> store.replace(userId, user, replacement))) {
                return true;
            }
        }
    }

    private PasswordHash hashed(Secret password) {
        byte[] bytes = password.toByteArray();
        try {
            return hashing.hash(bytes);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void revoke(String userId) {
        policyChanges.revoked(client -> isOf(userId, client));
    }

    private boolean isOf(String userId, Client client) {
        return userIdType.of(client).filter(userId::equals).isPresent();
    }

    private <T> T done(Callable<T> task) {
        try {
            return workers.call(task);
        } catch (RuntimeException e) {
            throw e;
        } catch (Workers.BusyException e) {
            throw new IllegalStateException("auth-builtin has too many user commands to do; try again in a moment.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "The command was interrupted and may have been done or not; list the users to see.", e);
        } catch (Exception e) {
            throw new IllegalStateException("The command failed: " + e.getMessage(), e);
        }
    }
}

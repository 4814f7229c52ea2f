package io.gatehouse.kernel.control;

import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.users.UserDirectory;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Users in a map; refuses passwords of less than four bytes. */
public final class FakeUsers implements UserDirectory {
    public final ConcurrentSkipListMap<String, Secret> passwords = new ConcurrentSkipListMap<>();

    @Override
    public boolean add(String userId, Secret password, boolean superuser) {
        check(password);
        return passwords.putIfAbsent(userId, password) == null;
    }

    @Override
    public boolean changePassword(String userId, Secret password) {
        check(password);
        return passwords.replace(userId, password) != null;
    }

    @Override
    public boolean remove(String userId) {
        return passwords.remove(userId) != null;
    }

    @Override
    public List<User> list(String after, int limit) {
        return passwords.tailMap(after, false).keySet().stream()
                .limit(limit)
                .map(name -> new User(name, false))
                .toList();
    }

    private static void check(Secret password) {
        if (password.length() < 4) {
            throw new IllegalArgumentException("the password is too short: it needs 4 characters");
        }
    }
}

package io.gatehouse.auth.builtin.bootstrap;

import io.gatehouse.auth.builtin.hash.ImportedHashes;
import io.gatehouse.auth.builtin.user.Passwords;
import io.gatehouse.auth.builtin.user.UserIds;
import io.gatehouse.sdk.mqtt.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects the users of one bootstrap file and checks each; both formats end here. */
final class UserList {
    /** More users than that want a database. */
    static final int MAX_USERS = 1_000_000;

    /** Each costs one Argon2id hash at start: minutes for that many. */
    static final int MAX_PLAIN_USERS = 10_000;

    private final String file;
    private final ImportedHashes hashes;
    private final List<BootstrapUser> users = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private int plainUsers;

    UserList(String file, ImportedHashes hashes) {
        this.file = file;
        this.hashes = hashes;
    }

    /** The users in the order of the file. */
    List<BootstrapUser> users() {
        return List.copyOf(users);
    }

    /**
     * Adds one user.
     *
     * @param place where the user begins
     * @param fields as written
     */
    void add(Place place, Map<Column, String> fields) throws BootstrapProblem {
        try {
            String userId = UserIds.checked(fields.getOrDefault(Column.USER_ID, ""));
            if (!ids.add(userId)) {
                throw new IllegalArgumentException("This user id stands in the file twice; remove one of the two.");
            }
            users.add(new BootstrapUser(
                    userId, credential(fields), superuser(fields.getOrDefault(Column.IS_SUPERUSER, ""))));
            requireBounds();
        } catch (IllegalArgumentException e) {
            throw new BootstrapProblem(file, place, String.valueOf(e.getMessage()));
        }
    }

    private BootstrapUser.Credential credential(Map<Column, String> fields) {
        String password = fields.get(Column.PASSWORD);
        String hash = fields.get(Column.PASSWORD_HASH);
        String salt = fields.getOrDefault(Column.SALT, "");
        if ((password == null) == (hash == null)) {
            throw new IllegalArgumentException("A user must have either password or password_hash.");
        }
        if (hash != null && !hashes.plain()) {
            return new BootstrapUser.Hashed(hashes.read(hash, salt));
        }
        if (!salt.isEmpty()) {
            throw new IllegalArgumentException("A plain password cannot have a salt; remove the salt.");
        }
        plainUsers++;
        return new BootstrapUser.Plain(Passwords.checked(Secret.ofUtf8(password != null ? password : hash)));
    }

    private static boolean superuser(String word) {
        return switch (word) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw new IllegalArgumentException("is_superuser must be true or false.");
        };
    }

    private void requireBounds() {
        if (users.size() > MAX_USERS) {
            throw new IllegalArgumentException("A bootstrap file may hold at most 1,000,000 users; split it.");
        }
        if (plainUsers > MAX_PLAIN_USERS) {
            throw new IllegalArgumentException(
                    "A bootstrap file may hold at most 10,000 plain passwords, because each is"
                            + " hashed at start; use password_hash for so many users.");
        }
    }
}

package io.gatehouse.auth.builtin.user;

import io.gatehouse.auth.builtin.hash.PasswordHash;
import io.gatehouse.auth.builtin.hash.PasswordHashes;

/**
 * What is kept of one user beside the name. The text form is {@code - } or {@code s } (superuser) and the text of the hash.
 *
 * @param superuser true to pass over authorization
 * @param password what is kept of the password
 */
public record UserRecord(boolean superuser, PasswordHash password) {
    private static final String ORDINARY = "- ";
    private static final String SUPERUSER = "s ";

    /** The text that {@link #decode} reads back. */
    public String encoded() {
        return (superuser ? SUPERUSER : ORDINARY) + password.encoded();
    }

    /**
     * Reads what {@link #encoded} wrote.
     *
     * @throws IllegalArgumentException when it is malformed
     */
    public static UserRecord decode(String text) {
        boolean superuser = text.startsWith(SUPERUSER);
        if (!superuser && !text.startsWith(ORDINARY)) {
            throw new IllegalArgumentException("A user must be marked as ordinary or superuser.");
        }
        return new UserRecord(superuser, PasswordHashes.decode(text.substring(ORDINARY.length())));
    }

    /** True when the text is that of a superuser; spares {@link #decode} where the password does not matter. */
    public static boolean isSuperuser(String text) {
        return text.startsWith(SUPERUSER);
    }
}

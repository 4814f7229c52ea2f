package io.gatehouse.auth.builtin.hash;

/** Reads the texts of password hashes. */
public final class PasswordHashes {
    private static final String ARGON2ID = "$argon2id$";

    private PasswordHashes() {}

    /**
     * Reads what {@link PasswordHash#encoded} wrote.
     *
     * @throws IllegalArgumentException with one sentence that does not repeat the text, when it is malformed or would cost too much to
     *     verify
     */
    public static PasswordHash decode(String text) {
        if (text.startsWith(ARGON2ID)) {
            return Argon2idHash.decode(text);
        }
        if (text.startsWith(Pbkdf2Hash.PREFIX)) {
            return Pbkdf2Hash.decode(text);
        }
        if (text.startsWith(BcryptHash.PREFIX)) {
            return BcryptHash.decode(text);
        }
        return DigestHash.decode(text);
    }
}

package io.gatehouse.auth.builtin.hash;

/**
 * What is kept of a password. Each form knows its text, which the store keeps, and {@link PasswordHashes} reads the texts back.
 *
 * <p>Immutable. {@link #matches} takes milliseconds of processor time, and for {@link Argon2idHash} memory: call it on the hashing
 * threads only.
 */
public sealed interface PasswordHash permits Argon2idHash, BcryptHash, DigestHash, Pbkdf2Hash {
    /**
     * Tells whether this is the hash of that password. The comparison takes a time that does not depend on where the hashes differ.
     *
     * @param password at most 1,024 bytes, not changed
     */
    boolean matches(byte[] password);

    /** The text that {@link PasswordHashes#decode} reads back. Not secret, but worth protecting. */
    String encoded();
}

package io.gatehouse.auth.builtin.hash;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * How the columns {@code password_hash} and {@code salt} of an imported user are to be read.
 *
 * @param algorithm what made the hashes
 * @param saltPosition for the message digests
 * @param prf the digest under the HMAC of PBKDF2
 * @param iterations of PBKDF2
 */
public record ImportedHashes(Algorithm algorithm, SaltPosition saltPosition, Digest prf, int iterations) {

    /** What made the hashes. */
    public enum Algorithm {
        PLAIN,
        MD5,
        SHA1,
        SHA256,
        SHA512,
        BCRYPT,
        PBKDF2,
        ARGON2ID
    }

    /** True when the column {@code password_hash} holds passwords as they are. */
    public boolean plain() {
        return algorithm == Algorithm.PLAIN;
    }

    /**
     * Makes a hash of the two columns.
     *
     * @param salt its UTF-8 form is the salt; unused where the hash carries its own
     * @throws IllegalArgumentException with one sentence that repeats neither, when they do not make a hash
     */
    public PasswordHash read(String hash, String salt) {
        return switch (algorithm) {
            case PLAIN -> throw new IllegalStateException("a plain password is no hash");
            case MD5 -> digest(Digest.MD5, hash, salt);
            case SHA1 -> digest(Digest.SHA1, hash, salt);
            case SHA256 -> digest(Digest.SHA256, hash, salt);
            case SHA512 -> digest(Digest.SHA512, hash, salt);
            case BCRYPT -> BcryptHash.decode(hash);
            case PBKDF2 -> new Pbkdf2Hash(prf, iterations, salt.getBytes(StandardCharsets.UTF_8), hexadecimal(hash));
            case ARGON2ID -> Argon2idHash.decode(hash);
        };
    }

    private PasswordHash digest(Digest digest, String hash, String salt) {
        return new DigestHash(digest, saltPosition, salt.getBytes(StandardCharsets.UTF_8), hexadecimal(hash));
    }

    private static byte[] hexadecimal(String hash) {
        if (hash.length() % 2 != 0 || !hash.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("The hash must consist of an even number of hexadecimal digits.");
        }
        return HexFormat.of().parseHex(hash);
    }
}

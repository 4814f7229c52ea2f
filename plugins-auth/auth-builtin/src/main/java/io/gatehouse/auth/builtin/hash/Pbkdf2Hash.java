package io.gatehouse.auth.builtin.hash;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A PBKDF2 hash (RFC 8018 section 5.2) with HMAC as its pseudo-random function. Kept as {@code $pbkdf2-sha256$i=4096$salt$hash} with
 * unpadded base64.
 */
final class Pbkdf2Hash implements PasswordHash {
    static final String PREFIX = "$pbkdf2-";
    static final int MAX_ITERATIONS = 2_000_000;
    private static final int MIN_HASH_BYTES = 16;
    private static final int MAX_HASH_BYTES = 64;
    private static final Pattern TEXT = Pattern.compile(
            "\\$pbkdf2-(sha1|sha256|sha512)\\$i=(\\d{1,7})\\$([A-Za-z0-9+/]*)\\$([A-Za-z0-9+/]{22,86})");

    private final Digest digest;
    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    /**
     * Checks what it is given.
     *
     * @throws IllegalArgumentException when the digest, the iterations or the length of the hash cannot be accepted
     */
    Pbkdf2Hash(Digest digest, int iterations, byte[] salt, byte[] hash) {
        if (digest == Digest.MD5) {
            throw new IllegalArgumentException("PBKDF2 with md5 is not supported; sha1, sha256 and sha512 are.");
        }
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "The iterations of PBKDF2 must be 1 to " + MAX_ITERATIONS + ", but are " + iterations + ".");
        }
        if (hash.length < MIN_HASH_BYTES || hash.length > MAX_HASH_BYTES) {
            throw new IllegalArgumentException("A PBKDF2 hash must have " + MIN_HASH_BYTES + " to " + MAX_HASH_BYTES
                    + " bytes, but has " + hash.length + ".");
        }
        this.digest = digest;
        this.iterations = iterations;
        this.salt = salt.clone();
        this.hash = hash.clone();
    }

    /**
     * Reads a stored text.
     *
     * @throws IllegalArgumentException when it is malformed or out of bounds
     */
    static Pbkdf2Hash decode(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A PBKDF2 hash must look like $pbkdf2-sha256$i=4096$salt$hash with unpadded base64.");
        }
        return new Pbkdf2Hash(
                Digest.of(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Base64.getDecoder().decode(matcher.group(3)),
                Base64.getDecoder().decode(matcher.group(4)));
    }

    @Override
    public boolean matches(byte[] password) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(instance());
        generator.init(password, salt, iterations);
        KeyParameter key = (KeyParameter) generator.generateDerivedMacParameters(hash.length * Byte.SIZE);
        return MessageDigest.isEqual(hash, key.getKey());
    }

    @Override
    public String encoded() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return PREFIX + digest.key() + "$i=" + iterations + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    private org.bouncycastle.crypto.Digest instance() {
        return switch (digest) {
            case MD5 -> throw new IllegalStateException("refused by the constructor");
            case SHA1 -> new SHA1Digest();
            case SHA256 -> new SHA256Digest();
            case SHA512 -> new SHA512Digest();
        };
    }
}

package io.gatehouse.auth.builtin.hash;

import java.util.Locale;

/** The message digests of older password hashes. */
public enum Digest {
    MD5("MD5", 16),
    SHA1("SHA-1", 20),
    SHA256("SHA-256", 32),
    SHA512("SHA-512", 64);

    private final String jcaName;
    private final int bytes;

    Digest(String jcaName, int bytes) {
        this.jcaName = jcaName;
        this.bytes = bytes;
    }

    /**
     * The digest with this {@link #key}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Digest of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** The word in configuration and in stored hashes, such as {@code sha256}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String jcaName() {
        return jcaName;
    }

    /** The length of a hash. */
    int bytes() {
        return bytes;
    }
}

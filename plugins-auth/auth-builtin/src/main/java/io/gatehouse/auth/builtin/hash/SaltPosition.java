package io.gatehouse.auth.builtin.hash;

import java.util.Locale;

/** Where the salt of a {@link Digest} stands: before the password, after it, or nowhere. */
public enum SaltPosition {
    PREFIX,
    SUFFIX,
    DISABLE;

    /**
     * The position with this {@link #key}.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static SaltPosition of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    /** The word in configuration and in stored hashes, such as {@code prefix}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}

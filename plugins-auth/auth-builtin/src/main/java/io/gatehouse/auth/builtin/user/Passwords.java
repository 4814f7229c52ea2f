package io.gatehouse.auth.builtin.user;

import io.gatehouse.sdk.mqtt.Secret;

/** Which passwords can be accepted. */
public final class Passwords {
    /** More would only make hashing slower; MQTT itself permits 65,535. */
    public static final int MAX_BYTES = 1_024;

    private Passwords() {}

    /** True for 1 to {@link #MAX_BYTES} bytes. */
    public static boolean acceptable(int bytes) {
        return bytes >= 1 && bytes <= MAX_BYTES;
    }

    /**
     * Accepts a password.
     *
     * @return the same
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static Secret checked(Secret password) {
        if (!acceptable(password.length())) {
            throw new IllegalArgumentException(
                    "A password must have 1 to 1,024 bytes in UTF-8, but this one has " + password.length() + ".");
        }
        return password;
    }
}

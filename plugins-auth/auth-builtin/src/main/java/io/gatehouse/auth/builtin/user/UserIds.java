package io.gatehouse.auth.builtin.user;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Which user names and client identifiers can be accepted: what MQTT can carry in a string, without control characters. */
public final class UserIds {
    /** The longest string of MQTT (MQTT 5.0 section 1.5.4). */
    public static final int MAX_BYTES = 65_535;

    private UserIds() {}

    /**
     * Accepts a user id.
     *
     * @return the same
     * @throws IllegalArgumentException with a sentence for the operator
     */
    public static String checked(String userId) {
        int bytes = utf8Length(userId);
        if (bytes < 1 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "A user id must have 1 to 65,535 bytes in UTF-8, but this one has " + bytes + ".");
        }
        if (userId.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A user id must not contain control characters.");
        }
        return userId;
    }

    private static int utf8Length(String userId) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(userId));
            return encoded.remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A user id must be text that can be written in UTF-8.", e);
        }
    }
}

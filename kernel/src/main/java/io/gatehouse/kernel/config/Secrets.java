package io.gatehouse.kernel.config;

import java.util.List;
import java.util.Locale;

/** Decides by name what must not be shown: the net underneath the types that modules declare. */
final class Secrets {
    /** What is shown instead. */
    static final String MASK = "***";

    private static final List<String> WORDS =
            List.of("password", "passwd", "passphrase", "secret", "token", "privatekey", "credential");

    private Secrets() {}

    /** Whether a key, or a line of text, speaks of a secret. */
    static boolean mentionedIn(String text) {
        String folded = text.replace("-", "").replace("_", "").replace(".", "").toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(folded::contains);
    }

    /** A text without the user name and password that an address such as {@code ldap://user:pass@host} may carry. */
    static String withoutUserInfo(String text) {
        int scheme = text.indexOf("://");
        if (scheme < 0) {
            return text;
        }
        int end = text.indexOf('/', scheme + 3);
        int at = text.lastIndexOf('@', end < 0 ? text.length() : end);
        return at > scheme ? text.substring(0, scheme + 3) + MASK + text.substring(at) : text;
    }
}

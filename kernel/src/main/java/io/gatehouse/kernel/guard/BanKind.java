package io.gatehouse.kernel.guard;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a ban goes by. */
public enum BanKind {
    /** A client identifier. */
    CLIENT_ID("client-id"),
    /** A user name. */
    USERNAME("username"),
    /** An address or a block of addresses such as {@code 10.0.0.0/8}. */
    ADDRESS("address"),
    /** A regular expression that is found in the client identifier. */
    CLIENT_ID_RE("client-id-re"),
    /** A regular expression that is found in the user name. */
    USERNAME_RE("username-re"),
    /** A client identifier with a user name at an address; only flapping makes such a ban. */
    IDENTITY("identity");

    private final String word;

    BanKind(String word) {
        this.word = word;
    }

    /** As files, the command line and documents call it. */
    public String word() {
        return word;
    }

    static Optional<BanKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values())
                .filter(kind -> kind != IDENTITY)
                .map(BanKind::word)
                .collect(Collectors.joining(", "));
    }
}

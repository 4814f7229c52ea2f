package io.gatehouse.kernel.plugin.osgi.felix;

import java.util.Objects;

/** The innermost of nested exceptions in one line: what an operator can act upon is usually there. */
public final class RootCause {
    private static final int DEEPEST = 20;

    private RootCause() {}

    /** Its class and the first line of its message. */
    public static String of(Throwable thrown) {
        Throwable root = thrown;
        for (int i = 0; i < DEEPEST && root.getCause() != null; i++) {
            root = root.getCause();
        }
        String message =
                Objects.toString(root.getMessage(), "").lines().findFirst().orElse("");
        String kind = root.getClass().getSimpleName();
        return message.isEmpty() ? kind : kind + ": " + message;
    }
}

package io.gatehouse.kernel.bench;

import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Why something failed, in words that are the same for the same cause, so that they can be counted. */
final class Reasons {
    private Reasons() {}

    /** A reason of the broker: {@code 0x87 not authorized}. */
    static String of(ReasonCode reason) {
        return String.format(
                "0x%02X %s",
                reason.code(), reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** The same, from its number. */
    static String ofCode(int code) {
        return ReasonCode.of(code).map(Reasons::of).orElse(String.format("0x%02X", code));
    }

    /** What the network or TLS says, without addresses. */
    static String of(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        if (isTls(failure)) {
            return "TLS: " + message;
        }
        if (message.contains("Connection refused")) {
            return "connection refused: nobody listens there";
        }
        if (message.contains("Cannot assign requested address")) {
            return "no source port or address left: give more of them with --bind-address";
        }
        if (message.contains("Too many open files")) {
            return "too many open files: raise the limit with ulimit -n";
        }
        if (message.contains("Connection reset")) {
            return "connection reset";
        }
        return message;
    }

    private static boolean isTls(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }
}

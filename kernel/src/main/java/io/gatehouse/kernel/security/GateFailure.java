package io.gatehouse.kernel.security;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A module's call gave no decision. The message is one sentence without control characters, fit for a log line. */
public final class GateFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST = 300;

    /** A failure that needs no cause to be understood. */
    public GateFailure(String sentence) {
        this(sentence, null);
    }

    private GateFailure(String sentence, @Nullable Throwable cause) {
        // The kernel's own stack says nothing about the plugin; the cause has the plugin's.
        super(oneLine(sentence), cause, false, false);
    }

    /** The module threw this. */
    public static GateFailure threw(Throwable thrown) {
        return new GateFailure("it threw " + thrown, thrown);
    }

    /** The module returned null. */
    public static GateFailure returnedNull() {
        return new GateFailure("it returned null, which is no decision");
    }

    /** The module gave no answer in time. */
    static GateFailure late(Duration deadline) {
        return new GateFailure("it did not answer within " + deadline.toMillis() + " ms");
    }

    /** An exception's text may repeat what a client sent: no line breaks, no escape sequences, no novel. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST));
        for (int i = 0; i < text.length() && line.length() < LONGEST; i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c);
        }
        return line.toString();
    }
}

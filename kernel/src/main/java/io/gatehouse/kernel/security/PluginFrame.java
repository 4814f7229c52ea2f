package io.gatehouse.kernel.security;

import io.gatehouse.kernel.session.LaneSlot;
import java.util.Arrays;
import java.util.List;

/** Finds the line of a plugin in the stack of a thread that called it. */
final class PluginFrame {
    private static final List<String> OTHERS =
            List.of("java.", "javax.", "jdk.", "sun.", GateCall.class.getName(), LaneSlot.class.getName());

    private PluginFrame() {}

    /** The innermost line that is not Java's, such as {@code acme.Slow.decide(Slow.java:12)}. */
    static String of(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> OTHERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "(" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")")
                .orElse("an unknown place");
    }
}

package io.gatehouse.kernel.plugin;

import org.jspecify.annotations.Nullable;

/** The host itself could not start; no plugin is to blame. The message is one sentence: what, where, what to do. */
public final class PluginHostException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What, where, what to do; and what it came of, null when of nothing that was thrown. */
    public PluginHostException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}

package io.gatehouse.kernel.main;

import java.util.List;

/** Why a broker could not be started. */
public final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> sentences;

    public StartFailure(int exitCode, List<String> sentences) {
        super(String.join("; ", sentences));
        this.exitCode = exitCode;
        this.sentences = List.copyOf(sentences);
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }

    /** One plain sentence for each problem. */
    public List<String> sentences() {
        return sentences;
    }
}

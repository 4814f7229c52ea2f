package io.gatehouse.kernel.bench;

/** A bench that cannot begin: its message is a sentence for whoever started it. */
public final class BenchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    BenchFailure(String sentence) {
        super(sentence);
    }

    /** The sentence; never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

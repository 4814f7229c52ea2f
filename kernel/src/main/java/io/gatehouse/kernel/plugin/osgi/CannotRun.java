package io.gatehouse.kernel.plugin.osgi;

/** A jar that does not run; the message is a sentence for the operator. */
public final class CannotRun extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean waits;

    /** @param waits true when it may run as soon as another plugin is there */
    public CannotRun(String sentence, boolean waits) {
        super(sentence);
        this.waits = waits;
    }

    /** What is wrong, and what to do. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** True when it may run as soon as another plugin is there. */
    public boolean waits() {
        return waits;
    }
}

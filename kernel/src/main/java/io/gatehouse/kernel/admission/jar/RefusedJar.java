package io.gatehouse.kernel.admission.jar;

/** A jar that is not let in. The sentence says why and what to do, for an operator; its subject is the plugin, "it". */
public final class RefusedJar extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedJar(String sentence) {
        super(sentence);
    }

    /** The sentence, without a full stop; never null. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}

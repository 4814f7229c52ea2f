package io.gatehouse.auth.builtin.store;

/** The store cannot be used. The message is one sentence for an operator: what, where, what to do. */
public final class UserStoreException extends RuntimeException {
    private final String sentence;

    UserStoreException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    UserStoreException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    /** The message. */
    public String sentence() {
        return sentence;
    }
}

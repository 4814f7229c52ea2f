package io.gatehouse.kernel.transport;

/** A listener could not be opened; the message is one sentence for an operator. */
final class ListenFailure extends Exception {
    private static final long serialVersionUID = 1L;

    ListenFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

package io.gatehouse.sdk.testing;

/** The broker of a test cannot be started or changed; the message says why and what to do. */
public final class BrokerNotStartedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokerNotStartedException(String sentence) {
        super(sentence);
    }

    BrokerNotStartedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}

package io.gatehouse.authz.acl.term;

/** Says that a text is no term; caught where the next term can be found. Never leaves this package. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Position at;

    SyntaxException(Position at, String message) {
        // No stack trace: what went wrong is in the text, not in this code.
        super(message, null, false, false);
        this.at = at;
    }

    Position at() {
        return at;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}

package io.gatehouse.authz.acl.term;

/**
 * A piece of a term.
 *
 * @param kind what it is
 * @param at where it begins
 * @param text the name of an atom, the value of a text, the digits of a number; for the others as written
 */
record Token(Kind kind, Position at, String text) {
    enum Kind {
        ATOM,
        TEXT,
        NUMBER,
        OPEN_TUPLE,
        CLOSE_TUPLE,
        OPEN_LIST,
        CLOSE_LIST,
        COMMA,
        DOT,
        END
    }

    /** How a message calls it. */
    String shown() {
        return switch (kind) {
            case ATOM, NUMBER, OPEN_TUPLE, CLOSE_TUPLE, OPEN_LIST, CLOSE_LIST, COMMA ->
                "`" + Shown.shortened(text) + "`";
            case TEXT -> "\"" + Shown.shortened(text) + "\"";
            case DOT -> "the dot that ends the rule";
            case END -> "the end of the file";
        };
    }
}

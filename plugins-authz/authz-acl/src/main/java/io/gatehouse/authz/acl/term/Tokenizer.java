package io.gatehouse.authz.acl.term;

import java.util.Locale;

/**
 * Cuts a text into the tokens of Erlang terms, in one pass.
 *
 * <p>Stricter than Erlang in what could only be a mistake here: a text ends on its line, holds no control characters, and an escape
 * that Erlang would read as the bare letter is refused, because its author meant a regular expression. After an exception the next
 * token is read behind the broken one.
 */
final class Tokenizer {
    private final String source;

    private int next;
    private int line = 1;
    private int column = 1;
    /** Up to here {@code line} and {@code column} have been counted. */
    private int counted;

    Tokenizer(String source) {
        this.source = source;
    }

    /** The next token; {@link Token.Kind#END} at the end, again and again. */
    Token next() throws SyntaxException {
        skipBlanks();
        Position here = position();
        if (next == source.length()) {
            return new Token(Token.Kind.END, here, "");
        }
        int c = source.codePointAt(next);
        return switch (c) {
            case '{' -> single(Token.Kind.OPEN_TUPLE, here);
            case '}' -> single(Token.Kind.CLOSE_TUPLE, here);
            case '[' -> single(Token.Kind.OPEN_LIST, here);
            case ']' -> single(Token.Kind.CLOSE_LIST, here);
            case ',' -> single(Token.Kind.COMMA, here);
            case '.' -> dot(here);
            case '"' -> quoted(Token.Kind.TEXT, here);
            case '\'' -> quoted(Token.Kind.ATOM, here);
            default -> word(c, here);
        };
    }

    private void skipBlanks() {
        while (next < source.length()) {
            char c = source.charAt(next);
            if (c == '%') {
                int end = source.indexOf('\n', next);
                next = end < 0 ? source.length() : end;
            } else if (isBlank(c)) {
                next++;
            } else {
                return;
            }
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00A0';
    }

    /** The place of the next character. Counts on from the last call, so that all calls together read the text once. */
    private Position position() {
        while (counted < next) {
            char c = source.charAt(counted++);
            if (c == '\n') {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return new Position(line, column);
    }

    private Token single(Token.Kind kind, Position here) {
        next++;
        return new Token(kind, here, source.substring(next - 1, next));
    }

    private Token dot(Position here) throws SyntaxException {
        next++;
        if (next < source.length() && source.charAt(next) != '%' && !isBlank(source.charAt(next))) {
            throw new SyntaxException(here, "a dot ends a rule and must be followed by a space or a new line");
        }
        return new Token(Token.Kind.DOT, here, ".");
    }

    private Token word(int first, Position here) throws SyntaxException {
        if (!isWordCharacter(first)) {
            next += Character.charCount(first);
            throw new SyntaxException(here, unexpected(first));
        }
        int start = next;
        while (next < source.length() && isWordCharacter(source.charAt(next))) {
            next++;
        }
        String word = source.substring(start, next);
        if (first >= '0' && first <= '9') {
            return number(word, here);
        }
        if (first < 'a' || first > 'z') {
            String lower = word.toLowerCase(Locale.ROOT);
            throw new SyntaxException(
                    here,
                    "`" + Shown.shortened(word) + "` is not a word of this language: words are in lower case"
                            + (lower.charAt(0) == '_' ? "" : ", write `" + Shown.shortened(lower) + "`"));
        }
        return new Token(Token.Kind.ATOM, here, word);
    }

    private static boolean isWordCharacter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '@';
    }

    private static Token number(String digits, Position here) throws SyntaxException {
        boolean whole = digits.length() <= 9 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!whole) {
            throw new SyntaxException(
                    here, "`" + Shown.shortened(digits) + "` is not a whole number of at most nine digits");
        }
        return new Token(Token.Kind.NUMBER, here, digits);
    }

    private static String unexpected(int c) {
        return switch (c) {
            case '<' -> "`<` is not expected here: write text as \"text\", without << and >>";
            case '\u201C', '\u201D', '\u201E', '\u2018', '\u2019' ->
                "typographic quotes are not expected here: write plain \" or '";
            default -> {
                String shown = c > ' ' && c < 0x7F ? "`" + Character.toString(c) + "`" : Shown.codePoint(c);
                yield "the character " + shown + " is not expected here: outside of \"text\" only words, whole numbers,"
                        + " { } [ ] , . and %-comments may stand";
            }
        };
    }

    private Token quoted(Token.Kind kind, Position here) throws SyntaxException {
        char quote = source.charAt(next++);
        TextReader reader = new TextReader(source, next, quote);
        try {
            return new Token(kind, here, reader.read(here));
        } finally {
            next = reader.position();
        }
    }
}

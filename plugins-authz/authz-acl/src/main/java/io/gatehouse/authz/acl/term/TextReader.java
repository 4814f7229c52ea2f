package io.gatehouse.authz.acl.term;

import org.jspecify.annotations.Nullable;

/** Reads the inside of one quoted text or atom, with Erlang's escapes. A broken one is read to its end, so that reading can go on. */
final class TextReader {
    /** As long as the longest topic. */
    private static final int LONGEST = 65_535;

    private final String source;
    private final char quote;
    private final StringBuilder value = new StringBuilder();

    private int next;
    private @Nullable String mistake;

    /**
     * @param source the whole text
     * @param start the index behind the opening quote
     */
    TextReader(String source, int start, char quote) {
        this.source = source;
        this.next = start;
        this.quote = quote;
    }

    /** The index of the first character that was not read. */
    int position() {
        return next;
    }

    /** Reads up to and with the closing quote. */
    String read(Position opened) throws SyntaxException {
        while (true) {
            if (next == source.length() || source.charAt(next) == '\n') {
                throw new SyntaxException(
                        opened, "this text is not closed: put " + quote + " at its end, on the same line");
            }
            char c = source.charAt(next++);
            if (c == quote) {
                break;
            }
            if (c == '\\') {
                escape();
            } else {
                append(c, "a control character cannot stand in a text: ");
            }
        }
        if (mistake != null) {
            throw new SyntaxException(opened, mistake);
        }
        if (value.length() > LONGEST) {
            throw new SyntaxException(opened, "this text is too long: at most " + LONGEST + " characters");
        }
        return value.toString();
    }

    private void append(int c, String whenControl) {
        if (Character.isISOControl(c)) {
            mistake(whenControl + Shown.codePoint(c));
        } else if (c >= Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            value.appendCodePoint(c);
        } else {
            value.append((char) c);
        }
    }

    private void escape() {
        if (next == source.length() || source.charAt(next) == '\n') {
            return; // The caller reports that the text is not closed.
        }
        char c = source.charAt(next++);
        switch (c) {
            case '"', '\'', '\\' -> value.append(c);
            case 's' -> value.append(' ');
            case 'x' -> hexadecimal();
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(c);
            case 'b', 'd', 'e', 'f', 'n', 'r', 't', 'v', '^' ->
                mistake("\\" + c + " stands for a control character, which no text here may hold; for a regular"
                        + " expression's \\" + c + " write \\\\" + c);
            default ->
                mistake("there is no escape \\" + Shown.shortened(String.valueOf(c)) + ": for a backslash write \\\\");
        }
    }

    private void octal(char first) {
        int code = first - '0';
        for (int digits = 1; digits < 3 && hasDigit(8); digits++) {
            code = code * 8 + Character.digit(source.charAt(next++), 8);
        }
        appendEscaped(code);
    }

    /** Two digits, or any number of them in braces. */
    private void hexadecimal() {
        boolean braced = next < source.length() && source.charAt(next) == '{';
        if (braced) {
            next++;
        }
        int code = 0;
        int digits = 0;
        while (digits < (braced ? 8 : 2) && hasDigit(16)) {
            code = code * 16 + Character.digit(source.charAt(next++), 16);
            digits++;
        }
        boolean closed = !braced || (next < source.length() && source.charAt(next) == '}');
        if (digits < (braced ? 1 : 2) || !closed) {
            mistake("\\x must be followed by two hexadecimal digits, or by some in braces as in \\x{20AC}");
            return;
        }
        if (braced) {
            next++;
        }
        appendEscaped(code);
    }

    private boolean hasDigit(int radix) {
        return next < source.length() && source.charAt(next) < 0x80 && Character.digit(source.charAt(next), radix) >= 0;
    }

    private void appendEscaped(int code) {
        boolean surrogate = code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE;
        if (!Character.isValidCodePoint(code) || surrogate) {
            mistake("the escape stands for no character: the largest is \\x{10FFFF}");
        } else {
            append(code, "the escape stands for a control character, which no text here may hold: ");
        }
    }

    /** The first mistake is the one to tell. */
    private void mistake(String text) {
        if (mistake == null) {
            mistake = text;
        }
    }
}

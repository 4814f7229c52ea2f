package io.gatehouse.kernel.config.hocon;

import java.util.ArrayList;
import java.util.List;

/** Reads a key such as {@code a."b c".d} and remembers where each part of it begins. */
final class KeyReader {
    private static final String ENDS = "=:{}[],\n";

    private KeyReader() {}

    /** One part of a key and the offset of its first character. */
    record Part(String text, int offset) {}

    /**
     * The parts of the key here; none when no key begins here. The cursor is left on what follows the key.
     *
     * <p>Blanks before the separator do not belong to the key, those around a dot do: the parser sees it so.
     */
    static List<Part> read(TextCursor in) {
        List<Part> parts = new ArrayList<>(2);
        StringBuilder text = new StringBuilder();
        int start = in.offset();
        int solid = 0;
        while (!atEnd(in)) {
            char c = in.peek();
            if (c == '.') {
                parts.add(new Part(text.toString(), start));
                text.setLength(0);
                solid = 0;
                in.advance(1);
                start = in.offset();
            } else if (c == '"') {
                int quote = in.offset();
                skipQuoted(in);
                text.append(unescape(in.between(quote + 1, in.offset() - 1)));
                solid = text.length();
            } else {
                text.append(c);
                in.advance(1);
                solid = TextCursor.isBlank(c) ? solid : text.length();
            }
        }
        text.setLength(solid);
        if (in.offset() > start) {
            parts.add(new Part(text.toString(), start));
        }
        return parts;
    }

    private static boolean atEnd(TextCursor in) {
        return in.atEnd() || ENDS.indexOf(in.peek()) >= 0 || in.atComment() || (in.peek() == '+' && in.peek(1) == '=');
    }

    /** Moves past a text in double quotes; false, at the end of the line, when it is not closed there. */
    static boolean skipQuoted(TextCursor in) {
        in.advance(1);
        while (!in.atEnd() && in.peek() != '\n') {
            char c = in.peek();
            in.advance(c == '\\' ? 2 : 1);
            if (c == '"') {
                return true;
            }
        }
        return false;
    }

    private static String unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\' || i + 1 == raw.length()) {
                text.append(c);
            } else {
                i += escape(raw, i + 1, text);
            }
        }
        return text.toString();
    }

    /** Appends what the escape at this index stands for and says how many characters it took. */
    private static int escape(String raw, int at, StringBuilder text) {
        char c = raw.charAt(at);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case 'f' -> text.append('\f');
            case 'u' -> {
                return 1 + unicode(raw, at + 1, text);
            }
            default -> text.append(c);
        }
        return 1;
    }

    private static int unicode(String raw, int at, StringBuilder text) {
        if (at + 4 > raw.length()) {
            return 0;
        }
        int code = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0) {
                return 0;
            }
            code = code * 16 + digit;
        }
        text.append((char) code);
        return 4;
    }
}

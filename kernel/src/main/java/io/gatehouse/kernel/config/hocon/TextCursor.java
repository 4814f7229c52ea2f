package io.gatehouse.kernel.config.hocon;

import java.util.Arrays;

/** A text and a place in it that moves forward. */
final class TextCursor {
    private final String text;
    private final int[] lineStarts;
    private int offset;

    TextCursor(String text) {
        this.text = text;
        this.lineStarts = lineStarts(text);
    }

    private TextCursor(String text, int[] lineStarts, int offset) {
        this.text = text;
        this.lineStarts = lineStarts;
        this.offset = offset;
    }

    /** A second cursor at the same place, to look ahead with. */
    TextCursor fork() {
        return new TextCursor(text, lineStarts, offset);
    }

    private static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = i + 1;
        }
        return Arrays.copyOf(starts, count);
    }

    Position position(int at) {
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        return new Position(line + 1, at - lineStarts[line] + 1);
    }

    int offset() {
        return offset;
    }

    boolean atEnd() {
        return offset >= text.length();
    }

    /** The character here; at the end U+0000, which HOCON gives no meaning. */
    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return offset + ahead < text.length() ? text.charAt(offset + ahead) : '\0';
    }

    boolean looksAt(String expected) {
        return text.startsWith(expected, offset);
    }

    void advance(int count) {
        offset = Math.min(offset + count, text.length());
    }

    void moveToEnd() {
        offset = text.length();
    }

    /** Moves to the next place of this text and says true, or stays and says false. */
    boolean moveTo(String wanted) {
        int found = text.indexOf(wanted, offset);
        if (found >= 0) {
            offset = found;
        }
        return found >= 0;
    }

    void skipLine() {
        if (!moveTo("\n")) {
            moveToEnd();
        }
    }

    /** Skips blanks within the line. */
    void skipBlanks() {
        while (!atEnd() && isBlank(peek())) {
            offset++;
        }
    }

    /** Skips blanks, line ends and comments, and commas where they separate fields. */
    void skipGap(boolean commas) {
        while (!atEnd()) {
            char c = peek();
            if (c == '\n' || isBlank(c) || (commas && c == ',')) {
                offset++;
            } else if (atComment()) {
                skipLine();
            } else {
                return;
            }
        }
    }

    boolean atComment() {
        return peek() == '#' || (peek() == '/' && peek(1) == '/');
    }

    String since(int start) {
        return text.substring(start, offset);
    }

    /** The text between two offsets; empty when they are the wrong way round. */
    String between(int start, int end) {
        return end > start ? text.substring(start, end) : "";
    }

    static boolean isBlank(char c) {
        return c != '\n' && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF');
    }
}

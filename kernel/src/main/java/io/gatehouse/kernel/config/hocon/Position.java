package io.gatehouse.kernel.config.hocon;

/**
 * A place in a text.
 *
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 units; a tab is one
 */
public record Position(int line, int column) {
    /** The first character of a text. */
    public static final Position START = new Position(1, 1);
}

package io.gatehouse.auth.builtin.bootstrap;

/**
 * Where something stands in a file.
 *
 * @param line from 1
 * @param column in characters, from 1
 */
record Place(int line, int column) {
    static final Place START = new Place(1, 1);

    /** Where the text ends. */
    static Place endOf(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        return new Place(line, column);
    }

    @Override
    public String toString() {
        return line + ":" + column;
    }
}

package io.gatehouse.kernel.cli;

import java.util.List;
import java.util.stream.IntStream;

/** Text for a terminal. Names come from strangers, so what could steer a terminal is shown as an escape instead. */
final class Plain {
    private Plain() {}

    /** The text with control characters, and those that change the direction of writing, shown as {@code \\uXXXX}. */
    static String text(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (Character.getType(character)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> plain.append(String.format("\\u%04X", character));
                default -> plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    /** Lines with aligned columns, the head first; no cell has spaces after it. */
    static List<String> table(List<String> head, List<List<String>> rows) {
        List<List<String>> all = IntStream.range(-1, rows.size())
                .mapToObj(row ->
                        row < 0 ? head : rows.get(row).stream().map(Plain::text).toList())
                .toList();
        int[] widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(row.get(column));
            line.repeat(' ', widths[column] - row.get(column).length() + 2);
        }
        return line.toString().stripTrailing();
    }
}

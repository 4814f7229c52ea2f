package io.gatehouse.auth.builtin.bootstrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the records of a CSV text one by one (RFC 4180; lines may also end in LF alone). Empty lines are passed over. */
final class CsvReader {
    static final int MAX_FIELDS = 16;
    static final int MAX_FIELD_LENGTH = 65_535;

    private static final int END = -1;

    private final String file;
    private final String text;
    private int position;
    private int line = 1;
    private int lineStart;

    CsvReader(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /** One record: its fields and where each begins. */
    record Line(List<String> fields, List<Place> places) {}

    /** The next record, empty at the end of the text. */
    Optional<Line> next() throws BootstrapProblem {
        while (atLineEnd() && peek() != END) {
            passLineEnd();
        }
        if (peek() == END) {
            return Optional.empty();
        }
        List<String> fields = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        boolean more = true;
        while (more) {
            if (fields.size() == MAX_FIELDS) {
                throw problem(here(), "A line may have at most " + MAX_FIELDS + " fields.");
            }
            places.add(here());
            fields.add(peek() == '"' ? quoted() : unquoted());
            more = peek() == ',';
            if (more) {
                position++;
            }
        }
        passLineEnd();
        return Optional.of(new Line(List.copyOf(fields), List.copyOf(places)));
    }

    private String unquoted() throws BootstrapProblem {
        int start = position;
        Place place = here();
        while (peek() != ',' && !atLineEnd()) {
            if (peek() == '"') {
                throw problem(here(), "A quotation mark may stand only around a whole field; double it inside.");
            }
            position++;
        }
        return bounded(place, text.substring(start, position));
    }

    private String quoted() throws BootstrapProblem {
        Place place = here();
        StringBuilder field = new StringBuilder();
        position++;
        while (true) {
            int c = peek();
            if (c == END) {
                throw problem(place, "A quotation mark opens here and is never closed.");
            }
            position++;
            if (c == '"') {
                if (peek() != '"') {
                    break;
                }
                position++;
            } else if (c == '\n') {
                line++;
                lineStart = position;
            }
            field.append((char) c);
        }
        if (peek() != ',' && !atLineEnd()) {
            throw problem(here(), "After a closing quotation mark there must be a comma or the end of the line.");
        }
        return bounded(place, field.toString());
    }

    private String bounded(Place place, String field) throws BootstrapProblem {
        if (field.length() > MAX_FIELD_LENGTH) {
            throw problem(place, "A field may have at most 65,535 characters.");
        }
        return field;
    }

    private boolean atLineEnd() {
        int c = peek();
        return c == END || c == '\n' || (c == '\r' && peekNext() == '\n');
    }

    private void passLineEnd() {
        if (peek() == '\r') {
            position++;
        }
        if (peek() == '\n') {
            position++;
            line++;
            lineStart = position;
        }
    }

    private int peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    private int peekNext() {
        return position + 1 < text.length() ? text.charAt(position + 1) : END;
    }

    private Place here() {
        return new Place(line, position - lineStart + 1);
    }

    private BootstrapProblem problem(Place place, String sentence) {
        return new BootstrapProblem(file, place, sentence);
    }
}

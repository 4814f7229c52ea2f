package io.gatehouse.kernel.config.hocon;

import io.gatehouse.kernel.config.hocon.KeyIndex.Finding;
import io.gatehouse.kernel.config.hocon.KeyIndex.Include;
import io.gatehouse.kernel.config.hocon.KeyIndex.Substitution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a HOCON text once and notes where its keys stand.
 *
 * <p>It follows the structure only (keys, braces, brackets, quotes, comments) and interprets no value, so it accepts any text and
 * never fails; what is allowed is decided by the parser. Its two uses are places for messages, and a depth check before the
 * parser, which recurses, sees the text. Not thread safe; use {@link #scan}.
 */
public final class KeyScanner {
    /** How many objects and lists may stand in each other, and how many keys a path may have. */
    public static final int MAX_DEPTH = 64;

    private static final String RESERVED = "$\"{}[]:=,+#`^?!@*&\\";
    private static final List<String> INCLUDE_WORDS = List.of("required(", "file(", "url(", "classpath(");

    private final TextCursor in;
    private final Map<KeyPath, List<Position>> keys = new HashMap<>();
    private final List<Include> includes = new ArrayList<>();
    private final List<Substitution> substitutions = new ArrayList<>();
    private @Nullable Finding finding;
    private @Nullable Position tooDeep;
    private int depth;

    /** Where the innermost list begins; -1 outside of lists. */
    private int openList = -1;

    private KeyScanner(String text) {
        this.in = new TextCursor(text);
    }

    /** The index of a text; any text will do. */
    public static KeyIndex scan(String text) {
        KeyScanner scanner = new KeyScanner(text);
        scanner.root();
        return new KeyIndex(
                scanner.keys,
                scanner.includes,
                scanner.substitutions,
                Optional.ofNullable(scanner.finding),
                Optional.ofNullable(scanner.tooDeep));
    }

    private void root() {
        in.skipGap(false);
        if (in.peek() == '[') {
            note(in.offset(), "the file must hold keys and values, not a list");
        } else if (in.peek() == '{') {
            object(KeyPath.ROOT);
            in.skipGap(false);
            if (!in.atEnd()) {
                note(in.offset(), "nothing may stand after the `}` that ends the file");
            }
        } else {
            while (!in.atEnd()) {
                fields(KeyPath.ROOT);
                if (in.peek() == '}') {
                    note(in.offset(), "there is no `{` that this `}` closes");
                    in.advance(1);
                }
            }
        }
    }

    private void object(KeyPath path) {
        int open = in.offset();
        if (!enter()) {
            return;
        }
        int outerList = openList;
        openList = -1;
        in.advance(1);
        fields(path);
        openList = outerList;
        if (in.atEnd()) {
            note(open, "this `{` is never closed");
        }
        in.advance(1);
        depth--;
    }

    /** Up to the closing brace or the end. */
    private void fields(KeyPath path) {
        in.skipGap(true);
        while (!in.atEnd() && in.peek() != '}') {
            if (!include(path)) {
                field(path);
            }
            in.skipGap(true);
        }
    }

    private void field(KeyPath parent) {
        int start = in.offset();
        List<KeyReader.Part> parts = KeyReader.read(in);
        if (parts.isEmpty()) {
            note(start, "a key is expected here, not `" + in.peek() + "`");
            in.advance(1);
            return;
        }
        KeyPath path = parent;
        for (KeyReader.Part part : parts) {
            if (path.elements().size() >= MAX_DEPTH) {
                stopTooDeep();
                return;
            }
            path = path.child(part.text());
            record(path, part.offset());
        }
        separatorAndValue(path);
    }

    private void separatorAndValue(KeyPath path) {
        char c = in.peek();
        if (c == '{') {
            value(path, 0);
        } else if (c == '=' || c == ':') {
            in.advance(1);
            in.skipGap(false);
            value(path, 0);
        } else if (c == '+' && in.peek(1) == '=') {
            in.advance(2);
            in.skipGap(false);
            value(path, -1);
        } else {
            note(in.offset(), "after the key `" + path.last() + "` a `=` is expected");
            in.skipLine();
        }
    }

    /**
     * One value, which may be several put together.
     *
     * @param firstIndex the index of the first element, should it be a list; -1 when that is unknown
     */
    private void value(KeyPath path, int firstIndex) {
        int start = in.offset();
        int index = firstIndex;
        while (!atValueEnd()) {
            char c = in.peek();
            if (c == '{') {
                object(path);
            } else if (c == '[') {
                index = list(path, index);
            } else if (c == '"') {
                quoted();
            } else if (c == '$' && in.peek(1) == '{') {
                substitution();
                index = -1;
            } else {
                reserved(c);
                in.advance(1);
            }
            in.skipBlanks();
        }
        if (in.offset() == start) {
            note(start, "the key `" + path.last() + "` has no value");
        }
    }

    /** Notes a character that an unquoted text may not hold. */
    private void reserved(char c) {
        if (c == '=' && openList >= 0) {
            note(openList, "this `[` is not closed before the next key");
        } else if (RESERVED.indexOf(c) >= 0) {
            note(in.offset(), "`" + c + "` may stand in double quotes only: put the whole value in double quotes");
        }
    }

    private boolean atValueEnd() {
        char c = in.peek();
        return in.atEnd() || c == '\n' || c == ',' || c == '}' || c == ']' || in.atComment();
    }

    private int list(KeyPath path, int firstIndex) {
        int open = in.offset();
        int index = firstIndex;
        if (!enter()) {
            return index;
        }
        int outerList = openList;
        openList = open;
        in.advance(1);
        in.skipGap(true);
        while (!in.atEnd() && in.peek() != ']') {
            if (in.peek() == '}') {
                note(in.offset(), "a `]` is expected before this `}`");
                in.advance(1);
            } else if (index < 0) {
                value(path, -1);
            } else {
                KeyPath element = path.element(index++);
                record(element, in.offset());
                value(element, 0);
            }
            in.skipGap(true);
        }
        openList = outerList;
        if (in.atEnd()) {
            note(open, "this `[` is never closed");
        }
        in.advance(1);
        depth--;
        return index;
    }

    private void quoted() {
        int start = in.offset();
        if (in.looksAt("\"\"\"")) {
            in.advance(3);
            if (!in.moveTo("\"\"\"")) {
                note(start, "this `\"\"\"` is never closed");
                in.moveToEnd();
            }
            while (in.peek() == '"') {
                in.advance(1);
            }
        } else if (!KeyReader.skipQuoted(in)) {
            note(start, "this `\"` is not closed on its line");
        }
    }

    private void substitution() {
        int start = in.offset();
        in.advance(2);
        if (in.peek() == '?') {
            in.advance(1);
        }
        int path = in.offset();
        while (!in.atEnd() && in.peek() != '}' && in.peek() != '\n') {
            in.advance(1);
        }
        substitutions.add(new Substitution(in.since(path).strip(), in.position(start)));
        if (in.peek() == '}') {
            in.advance(1);
        } else {
            note(start, "this `${` is not closed on its line");
        }
    }

    /** Takes an include statement if there is one here. */
    private boolean include(KeyPath under) {
        int start = in.offset();
        if (!in.looksAt("include") || !TextCursor.isBlank(in.peek(7))) {
            return false;
        }
        TextCursor ahead = in.fork();
        ahead.advance(7);
        ahead.skipBlanks();
        if (ahead.peek() != '"' && INCLUDE_WORDS.stream().noneMatch(ahead::looksAt)) {
            return false;
        }
        while (!ahead.atEnd() && ahead.peek() != '"' && ahead.peek() != '\n') {
            ahead.advance(1);
        }
        int quote = ahead.offset();
        boolean closed = ahead.peek() == '"' && KeyReader.skipQuoted(ahead);
        String argument = closed ? ahead.between(quote + 1, ahead.offset() - 1) : "";
        includes.add(new Include(under, argument, in.position(start)));
        in.skipLine();
        return true;
    }

    private boolean enter() {
        if (depth >= MAX_DEPTH) {
            stopTooDeep();
            return false;
        }
        depth++;
        return true;
    }

    private void stopTooDeep() {
        if (tooDeep == null) {
            tooDeep = in.position(in.offset());
        }
        in.moveToEnd();
    }

    private void record(KeyPath path, int offset) {
        keys.computeIfAbsent(path, p -> new ArrayList<>(1)).add(in.position(offset));
    }

    private void note(int offset, String message) {
        if (finding == null) {
            finding = new Finding(message, in.position(offset));
        }
    }
}

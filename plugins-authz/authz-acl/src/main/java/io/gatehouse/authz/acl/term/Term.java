package io.gatehouse.authz.acl.term;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value in Erlang's notation: the part of that notation which an {@code acl.conf} uses. */
public sealed interface Term {
    /** Where it begins. */
    Position at();

    /** How a message calls it; short, and without characters that could disturb a log. */
    String shown();

    /** True when it is this word. */
    default boolean isAtom(String name) {
        return this instanceof Atom atom && atom.name().equals(name);
    }

    /** The value of a pair that begins with this word, as in <code>{re, VALUE}</code>; null when it is no such pair. */
    default @Nullable Term valueOf(String name) {
        return this instanceof Tuple pair
                        && pair.parts().size() == 2
                        && pair.parts().getFirst().isAtom(name)
                ? pair.parts().getLast()
                : null;
    }

    /** A word, such as {@code allow} or {@code 'and'}. */
    record Atom(Position at, String name) implements Term {
        @Override
        public String shown() {
            return "`" + Shown.shortened(name) + "`";
        }
    }

    /** A quoted text. */
    record Text(Position at, String value) implements Term {
        @Override
        public String shown() {
            return "\"" + Shown.shortened(value) + "\"";
        }
    }

    /** A whole number that is not negative. */
    record Whole(Position at, int value) implements Term {
        @Override
        public String shown() {
            return String.valueOf(value);
        }
    }

    /** <code>{a, b}</code>. */
    record Tuple(Position at, List<Term> parts) implements Term {
        public Tuple {
            parts = List.copyOf(parts);
        }

        @Override
        public String shown() {
            return parts.isEmpty() ? "{}" : "{" + Shown.brief(parts.getFirst()) + (parts.size() > 1 ? ", ...}" : "}");
        }
    }

    /** {@code [a, b]}. */
    record Sequence(Position at, List<Term> elements) implements Term {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String shown() {
            return elements.isEmpty() ? "[]" : "[...]";
        }
    }
}

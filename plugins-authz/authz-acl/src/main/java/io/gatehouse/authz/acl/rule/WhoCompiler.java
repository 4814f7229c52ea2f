package io.gatehouse.authz.acl.rule;

import io.gatehouse.authz.acl.term.Position;
import io.gatehouse.authz.acl.term.Problems;
import io.gatehouse.authz.acl.term.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of the second part of a rule whom it speaks about. All methods give null when they have noted a problem. */
final class WhoCompiler {
    /** Together the expressions of a file may not take more memory than this many instructions do. */
    private static final int MAX_PROGRAMS = 1_000_000;

    private static final List<String> KINDS = List.of(
            "user", "username", "client", "clientid", "client_attr", "ipaddr", "ipaddrs", "listener", "and", "or");

    private static final String ALLOWED = "`all`, {username, NAME}, {clientid, NAME}, {client_attr, KEY, VALUE},"
            + " {ipaddr, BLOCK}, {ipaddrs, [...]}, {listener, NAME}, {'and', [...]} or {'or', [...]}";

    private final Problems problems;
    private int programs;

    WhoCompiler(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Who compile(Term term) {
        if (term.isAtom("all")) {
            return new Who.Everybody();
        }
        if (term instanceof Term.Atom atom) {
            String hint = Suggestion.of(atom.name(), List.of("all"));
            return problems.refuse(term.at(), term.shown() + " is not a client: write " + ALLOWED + hint);
        }
        if (term instanceof Term.Tuple tuple
                && !tuple.parts().isEmpty()
                && tuple.parts().getFirst() instanceof Term.Atom kind) {
            return kind(tuple.at(), kind, tuple.parts());
        }
        return problems.refuse(term.at(), "whom the rule is about is written " + ALLOWED + ", not " + term.shown());
    }

    private @Nullable Who kind(Position at, Term.Atom kind, List<Term> parts) {
        int expected = kind.name().equals("client_attr") ? 3 : 2;
        if (KINDS.contains(kind.name()) && parts.size() != expected) {
            problems.add(
                    at,
                    kind.shown() + " takes " + (expected == 2 ? "one value" : "a key and a value") + ", not "
                            + (parts.size() - 1));
            return null;
        }
        return switch (kind.name()) {
            case "user", "username" -> named(new ClientName.Username(), parts.get(1));
            case "client", "clientid" -> named(new ClientName.ClientId(), parts.get(1));
            case "client_attr" -> attribute(parts.get(1), parts.get(2));
            case "listener" -> listener(parts.get(1));
            case "ipaddr" -> address(parts.get(1));
            case "ipaddrs" -> addresses(parts.get(1));
            case "and" -> all(parts.get(1));
            case "or" -> any(parts.get(1));
            default ->
                problems.refuse(
                        kind.at(),
                        kind.shown() + " is not a kind of client: write " + ALLOWED
                                + Suggestion.of(kind.name(), KINDS));
        };
    }

    private @Nullable Who named(ClientName name, Term value) {
        NameTest test = test(value);
        return test == null ? null : new Who.Named(name, test);
    }

    private @Nullable Who attribute(Term key, Term value) {
        NameTest test = test(value);
        if (key instanceof Term.Text text && !text.value().isEmpty()) {
            return test == null ? null : new Who.Named(new ClientName.Attribute(text.value()), test);
        }
        return problems.refuse(
                key.at(), "the key of a client attribute is a text such as \"tenant\", not " + key.shown());
    }

    private @Nullable Who listener(Term value) {
        NameTest test = test(value);
        if (test instanceof NameTest.Exactly exactly) {
            return new Who.OnListener(new NameTest.Exactly(exactly.expected().replaceFirst(":", ".")));
        }
        return test == null ? null : new Who.OnListener(test);
    }

    /** A text, or <code>{re, "expression"}</code>. */
    private @Nullable NameTest test(Term value) {
        if (value instanceof Term.Text text && !text.value().isEmpty()) {
            return new NameTest.Exactly(text.value());
        }
        if (value.valueOf("re") instanceof Term.Text expression) {
            return regex(expression);
        }
        return problems.refuse(
                value.at(),
                "a name is a text such as \"alice\" or a regular expression such as {re, \"^sensor-\"}, not "
                        + value.shown());
    }

    private @Nullable NameTest regex(Term.Text expression) {
        try {
            BoundedRegex regex = BoundedRegex.compile(expression.value());
            programs += regex.size();
            if (programs > MAX_PROGRAMS) {
                return problems.refuse(expression.at(), "all regular expressions of this file together are too large");
            }
            return new NameTest.Found(regex);
        } catch (IllegalArgumentException e) {
            return problems.refuse(expression.at(), String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Who address(Term value) {
        AddressRange range = range(value);
        return range == null ? null : new Who.From(List.of(range));
    }

    private @Nullable Who addresses(Term value) {
        List<AddressRange> ranges = new ArrayList<>();
        List<Term> elements = elements(value, "{ipaddrs, [\"10.0.0.0/8\", \"::1\"]}");
        for (Term element : elements) {
            AddressRange range = range(element);
            if (range != null) {
                ranges.add(range);
            }
        }
        return elements.isEmpty() || ranges.size() < elements.size() ? null : new Who.From(ranges);
    }

    private @Nullable AddressRange range(Term value) {
        if (!(value instanceof Term.Text text)) {
            return problems.refuse(value.at(), "an IP address is a text such as \"10.0.0.0/8\", not " + value.shown());
        }
        try {
            return AddressRange.parse(text.value());
        } catch (IllegalArgumentException e) {
            return problems.refuse(value.at(), value.shown() + " is not an address: " + e.getMessage());
        }
    }

    private @Nullable Who all(Term value) {
        List<Who> parts = parts(value);
        return parts == null ? null : new Who.AllOf(parts);
    }

    private @Nullable Who any(Term value) {
        List<Who> parts = parts(value);
        return parts == null ? null : new Who.AnyOf(parts);
    }

    private @Nullable List<Who> parts(Term value) {
        List<Who> parts = new ArrayList<>();
        List<Term> elements = elements(value, "{'and', [{username, \"alice\"}, {ipaddr, \"10.0.0.0/8\"}]}");
        for (Term element : elements) {
            Who part = compile(element);
            if (part != null) {
                parts.add(part);
            }
        }
        return elements.isEmpty() || parts.size() < elements.size() ? null : parts;
    }

    /** The elements of a list that has some; empty when a problem was noted. */
    private List<Term> elements(Term value, String example) {
        if (value instanceof Term.Sequence list && !list.elements().isEmpty()) {
            return list.elements();
        }
        problems.add(value.at(), "a list that is not empty is expected, as in " + example + ", not " + value.shown());
        return List.of();
    }
}

package io.gatehouse.authz.acl.term;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Erlang terms, each ended by a dot, one by one from a text.
 *
 * <p>After a mistake it goes on behind the next dot, or at a <code>{</code> that begins a line, so that one reading finds the mistakes
 * of the whole text. Depth, number of elements and number of problems are bounded; time and memory grow linearly with the text.
 */
public final class TermParser {
    /** How deep terms may be nested. */
    public static final int MAX_DEPTH = 32;

    /** How many elements a list or tuple may have. */
    public static final int MAX_ELEMENTS = 10_000;

    private final Tokenizer tokens;
    private final Problems problems;

    private @Nullable Token peeked;

    public TermParser(String source, Problems problems) {
        this.tokens = new Tokenizer(source);
        this.problems = problems;
    }

    /** The next term that is well-formed, or null at the end or when there are enough problems. */
    public @Nullable Term next() {
        while (!problems.isFull()) {
            try {
                Token first = take();
                if (first.kind() == Token.Kind.END) {
                    return null;
                }
                Term term = term(first, 1);
                endOf(term);
                return term;
            } catch (SyntaxException e) {
                problems.add(e.at(), e.text());
                recover();
            }
        }
        return null;
    }

    private Term term(Token first, int depth) throws SyntaxException {
        if (depth > MAX_DEPTH) {
            throw new SyntaxException(first.at(), "nested too deeply: at most " + MAX_DEPTH + " levels are read");
        }
        return switch (first.kind()) {
            case ATOM -> new Term.Atom(first.at(), first.text());
            case TEXT -> new Term.Text(first.at(), first.text());
            case NUMBER -> new Term.Whole(first.at(), Integer.parseInt(first.text()));
            case OPEN_TUPLE -> new Term.Tuple(first.at(), elements(first, Token.Kind.CLOSE_TUPLE, depth));
            case OPEN_LIST -> new Term.Sequence(first.at(), elements(first, Token.Kind.CLOSE_LIST, depth));
            case CLOSE_TUPLE, CLOSE_LIST, COMMA, DOT, END -> throw nothingAt(first);
        };
    }

    private SyntaxException nothingAt(Token found) {
        giveBack(found);
        return new SyntaxException(found.at(), "a value is missing before " + found.shown());
    }

    private List<Term> elements(Token open, Token.Kind close, int depth) throws SyntaxException {
        List<Term> elements = new ArrayList<>();
        Token token = take();
        if (token.kind() == close) {
            return elements;
        }
        while (true) {
            elements.add(term(token, depth + 1));
            if (elements.size() > MAX_ELEMENTS) {
                throw new SyntaxException(
                        open.at(), "too many elements: at most " + MAX_ELEMENTS + " may stand in one list");
            }
            Token separator = take();
            if (separator.kind() == close) {
                return elements;
            }
            if (separator.kind() != Token.Kind.COMMA) {
                giveBack(separator);
                throw new SyntaxException(
                        separator.at(),
                        "expected `,` or `" + (close == Token.Kind.CLOSE_TUPLE ? "}" : "]") + "` but found "
                                + separator.shown() + "; the " + open.shown() + " at " + open.at()
                                + " is still open");
            }
            token = take();
        }
    }

    /** A term without its dot is still worth reading when it is clear where the next begins. */
    private void endOf(Term term) throws SyntaxException {
        Token token = take();
        if (token.kind() == Token.Kind.DOT) {
            return;
        }
        giveBack(token);
        String text = "expected the dot that ends the rule of " + term.at() + " but found " + token.shown();
        if (token.kind() != Token.Kind.OPEN_TUPLE && token.kind() != Token.Kind.END) {
            throw new SyntaxException(token.at(), text);
        }
        problems.add(token.at(), text);
    }

    private void recover() {
        while (true) {
            try {
                Token token = take();
                boolean newRule =
                        token.kind() == Token.Kind.OPEN_TUPLE && token.at().column() == 1;
                if (newRule || token.kind() == Token.Kind.END) {
                    giveBack(token);
                    return;
                }
                if (token.kind() == Token.Kind.DOT) {
                    return;
                }
            } catch (SyntaxException consequence) {
                // What follows a mistake may well be its consequence: only the first of a rule is told.
            }
        }
    }

    private Token take() throws SyntaxException {
        Token token = peeked;
        if (token != null) {
            peeked = null;
            return token;
        }
        return tokens.next();
    }

    private void giveBack(Token token) {
        peeked = token;
    }
}

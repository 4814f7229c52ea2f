package io.gatehouse.authz.acl.rule;

import io.gatehouse.authz.acl.term.Position;
import io.gatehouse.authz.acl.term.Problem;
import io.gatehouse.authz.acl.term.Problems;
import io.gatehouse.authz.acl.term.Term;
import io.gatehouse.authz.acl.term.TermParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes rules of the text of an {@code acl.conf}. Reads all of it and tells all that is wrong; there is no such thing as half a file.
 */
public final class RuleCompiler {
    /** How many rules a file may have. */
    public static final int MAX_RULES = 100_000;

    private static final List<String> PERMISSIONS = List.of("allow", "deny");

    private final Problems problems = new Problems();
    private final WhoCompiler who = new WhoCompiler(problems);
    private final OperationsCompiler operations = new OperationsCompiler(problems);
    private final TopicCompiler topics = new TopicCompiler(problems);

    private RuleCompiler() {}

    /** What became of a text. */
    public sealed interface Outcome {
        /** It is good. */
        record Compiled(RuleSet rules) implements Outcome {}

        /** It is not. */
        record Rejected(List<Problem> problems) implements Outcome {
            public Rejected {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Compiles the text of a whole file. */
    public static Outcome compile(String source) {
        return new RuleCompiler().outcome(source);
    }

    private Outcome outcome(String source) {
        List<Rule> rules = new ArrayList<>();
        TermParser terms = new TermParser(source, problems);
        int read = 0;
        for (Term term = terms.next(); term != null; term = terms.next()) {
            if (++read > MAX_RULES) {
                problems.add(term.at(), "too many rules: at most " + MAX_RULES + " are read from one file");
                break;
            }
            Rule rule = rule(term);
            if (rule != null) {
                rules.add(rule);
            }
        }
        if (read == 0 && problems.isEmpty()) {
            // An empty file is more likely half a save than a wish.
            problems.add(new Position(1, 1), "there is no rule in this file: to deny everything write {deny, all}.");
        }
        return problems.isEmpty() ? new Outcome.Compiled(new RuleSet(rules)) : new Outcome.Rejected(problems.inOrder());
    }

    private @Nullable Rule rule(Term term) {
        if (!(term instanceof Term.Tuple tuple)) {
            problems.add(
                    term.at(),
                    "a rule is written {allow, all}. or {allow, WHO, ACTION, TOPICS}. (or with deny), not "
                            + term.shown());
            return null;
        }
        Position at = tuple.at();
        List<Term> parts = tuple.parts();
        if (parts.size() == 2) {
            return catchAll(at, parts);
        }
        if (parts.size() != 4) {
            problems.add(
                    at,
                    "a rule has four parts, {allow, WHO, ACTION, TOPICS}, or is {allow, all} or {deny, all}; this one has "
                            + parts.size());
            return null;
        }
        Boolean permit = permission(parts.get(0));
        Who whom = who.compile(parts.get(1));
        Operations which = operations.compile(parts.get(2));
        List<TopicPattern> where = topics.compile(parts.get(3));
        return permit == null || whom == null || which == null || where == null
                ? null
                : new Rule(at, permit, whom, which, where);
    }

    private @Nullable Rule catchAll(Position at, List<Term> parts) {
        Boolean permit = permission(parts.get(0));
        if (!parts.get(1).isAtom("all")) {
            problems.add(
                    parts.get(1).at(),
                    "a rule of two parts is {allow, all} or {deny, all}; one for certain clients is written {allow, WHO, all, all}");
            return null;
        }
        return permit == null
                ? null
                : new Rule(at, permit, new Who.Everybody(), Operations.ALL, List.of(new TopicPattern.Every()));
    }

    private @Nullable Boolean permission(Term term) {
        if (term instanceof Term.Atom atom) {
            if (PERMISSIONS.contains(atom.name())) {
                return atom.name().equals("allow");
            }
            String hint = Suggestion.of(atom.name(), PERMISSIONS);
            problems.add(term.at(), term.shown() + " is not a permission: write `allow` or `deny`" + hint);
        } else {
            problems.add(term.at(), "a rule begins with `allow` or `deny`, not with " + term.shown());
        }
        return null;
    }
}

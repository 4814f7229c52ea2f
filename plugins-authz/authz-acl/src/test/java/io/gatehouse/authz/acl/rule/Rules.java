package io.gatehouse.authz.acl.rule;

import io.gatehouse.authz.acl.term.Problem;
import java.util.List;

/** Compiles rules in tests. */
final class Rules {
    private Rules() {}

    static RuleSet of(String text) {
        return switch (RuleCompiler.compile(text)) {
            case RuleCompiler.Outcome.Compiled compiled -> compiled.rules();
            case RuleCompiler.Outcome.Rejected rejected -> throw new AssertionError(shown(rejected.problems()));
        };
    }

    static List<String> problemsOf(String text) {
        return switch (RuleCompiler.compile(text)) {
            case RuleCompiler.Outcome.Compiled compiled ->
                throw new AssertionError("accepted with " + compiled.rules().size() + " rules: " + text);
            case RuleCompiler.Outcome.Rejected rejected -> shown(rejected.problems());
        };
    }

    private static List<String> shown(List<Problem> problems) {
        return problems.stream()
                .map(problem -> problem.at() + ": " + problem.text())
                .toList();
    }
}

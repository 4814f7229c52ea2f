package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.regex.BoundedRegex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteRuleTest {
    private static RewriteRule rule(String source, String pattern, String replacement) {
        BoundedRegex regex = BoundedRegex.compile(pattern, RewriteRule.PATTERN_BOUNDS);
        return new RewriteRule(source, regex, NameTemplate.withGroups(replacement, regex.groups()));
    }

    @ParameterizedTest
    @CsvSource({
        "x/1, y/1", // found
        "x/1/2, y/1/2",
        "z/1, z/1", // another topic
        "x, x", // selected, not found
        "x/+, y/+", // filters are rewritten like topics
        "x/#, y/#",
        "+/1, +/1", // selects more than the rule is for
        "#, #"
    })
    void rewritesWhatItsFilterCoversAndItsExpressionFinds(String name, String rewritten) {
        assertThat(rule("x/#", "^x/(.+)$", "y/$1").rewrite(name, "c", "u")).isEqualTo(rewritten);
    }

    @Test
    void followsTheRulesOneAfterTheOther() {
        List<RewriteRule> rules =
                List.of(rule("a/#", "^a/(.+)$", "b/$1"), rule("b/#", "^b/(.+)$", "c/$1"), rule("a/#", ".*", "never"));

        assertThat(RewriteRule.rewrite(rules, "a/1", "c", null)).isEqualTo("c/1");
    }

    @Test
    void leavesAGroupEmptyThatTookNoPart() {
        assertThat(rule("#", "^a(x)?(.*)$", "b$1$2").rewrite("a/1", "c", null)).isEqualTo("b/1");
    }

    @Test
    void cannotBeFollowedWithoutAUsableName() {
        RewriteRule rule = rule("a", ".*", "b/${username}");

        assertThat(rule.rewrite("a", "c", "u")).isEqualTo("b/u");
        assertThat(rule.rewrite("a", "c", "u/#")).isNull();
        assertThat(RewriteRule.rewrite(List.of(rule, rule), "a", "c", null)).isNull();
    }

    @Test
    void cannotBeFollowedForATopicThatIsTooLongToBeSearched() {
        RewriteRule rule = rule("a/#", "x", "y");

        assertThat(rule.rewrite("a/" + "b".repeat(BoundedRegex.LONGEST_TEXT), "c", null))
                .isNull();
        assertThat(rule.rewrite("b/" + "b".repeat(BoundedRegex.LONGEST_TEXT), "c", null))
                .startsWith("b/");
    }

    @Test
    void takesRepetitionsThatStaySmall() {
        assertThat(rule("#", "^(?:\\d{4}-){2}(x{2,})$", "$1").rewrite("2026-1122-xx", "c", null))
                .isEqualTo("xx");
    }
}

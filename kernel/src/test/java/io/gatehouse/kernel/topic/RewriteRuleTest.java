package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RewriteRuleTest {
    private static RewriteRule rule(String source, String pattern, String replacement) {
        TopicRegex regex = TopicRegex.compile(pattern);
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

        assertThat(rule.rewrite("a/" + "b".repeat(TopicRegex.MAX_TOPIC), "c", null))
                .isNull();
        assertThat(rule.rewrite("b/" + "b".repeat(TopicRegex.MAX_TOPIC), "c", null))
                .startsWith("b/");
    }

    /** A backtracking engine would need longer than the world is old. */
    @Test
    void endsSoonWhateverTheTopic() {
        RewriteRule rule = rule("#", "^(a+)+$", "x");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> rule.rewrite("a".repeat(1_000) + "b", "c", null));
    }

    @Test
    void takesRepetitionsThatStaySmall() {
        assertThat(rule("#", "^(?:\\d{4}-){2}(x{2,})$", "$1").rewrite("2026-1122-xx", "c", null))
                .isEqualTo("xx");
    }

    @Test
    void refusesExpressionsThatAreTooLarge() {
        assertThatThrownBy(() -> TopicRegex.compile("((a{1000}){1000}){1000}"))
                .hasMessageContaining("repeats too much");
        assertThatThrownBy(() -> TopicRegex.compile("(abcdefgh){1000}")).hasMessageContaining("repeats too much");
        assertThatThrownBy(() -> TopicRegex.compile("(a{2,1000}){1,1000}")).hasMessageContaining("repeats too much");
        assertThatThrownBy(() -> TopicRegex.compile("a".repeat(513))).hasMessageContaining("too long");
    }
}

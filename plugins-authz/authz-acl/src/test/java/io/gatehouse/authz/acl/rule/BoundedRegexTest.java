package io.gatehouse.authz.acl.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedRegexTest {
    @Test
    void findsWithoutAnchors() {
        assertThat(BoundedRegex.compile("b+").isFoundIn("abbc")).isTrue();
        assertThat(BoundedRegex.compile("^b+$").isFoundIn("abbc")).isFalse();
    }

    /** Each of these keeps a backtracking engine busy for longer than anybody waits. */
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*a){20}$", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void isNotDelayedByCatastrophicExpressions(String expression) {
        BoundedRegex regex = BoundedRegex.compile(expression);
        String text = "a".repeat(BoundedRegex.MAX_TEXT - 1) + "!";
        boolean found = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> regex.isFoundIn(text));
        assertThat(found).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(((((a{99}){99}){99}){99}){99}){99}",
                "(a{1000}){1000}",
                "((((((a?){2}){2}){2}){2}){2}){1000}",
                "(a{0,1000}){1,1000}",
                "a{1000}b{1000}",
            })
    void refusesWhatWouldGrowTooLarge(String expression) {
        assertThatThrownBy(() -> BoundedRegex.compile(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the regular expression repeats too much: its {n} make it too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
                "^([0-9a-f]{2}:){5}[0-9a-f]{2}$",
                "(?i)^sensor-\\d{1,6}$",
                "^\\p{L}+$",
            })
    void takesWhatNamesAreMadeOf(String expression) {
        assertThat(BoundedRegex.compile(expression).size()).isLessThan(BoundedRegex.MAX_PROGRAM);
    }

    @Test
    void refusesTooLongExpressions() {
        assertThatThrownBy(() -> BoundedRegex.compile("a".repeat(BoundedRegex.MAX_LENGTH + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the regular expression is too long: at most 1024 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?=a)", "(?<!a)b", "(a)\\1", "(", "[a", "*", "a{2}{3}", "(?>a)", "a++"})
    void refusesWhatTheEngineDoesNotKnow(String expression) {
        assertThatThrownBy(() -> BoundedRegex.compile(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the regular expression is not valid: ")
                .hasMessageEndingWith(" (RE2 syntax, which has no look-around and no back-references)");
    }
}

package io.gatehouse.kernel.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedRegexTest {
    private static final BoundedRegex.Bounds BOUNDS = new BoundedRegex.Bounds(50, 100);

    private static BoundedRegex regex(String expression) {
        return BoundedRegex.compile(expression, BOUNDS);
    }

    @Test
    void findsAnywhereAndTellsWhatEachGroupFound() {
        BoundedRegex regex = regex("b(c)|d(e)");

        assertThat(regex.groups()).isEqualTo(2);
        assertThat(regex.isFoundIn("abcd")).isTrue();
        assertThat(regex.find("abcd")).satisfies(group -> {
            assertThat(group.apply(1)).isEqualTo("c");
            assertThat(group.apply(2)).isEmpty();
        });
        assertThat(regex.isFoundIn("acd")).isFalse();
        assertThat(regex.find("acd")).isNull();
    }

    @Test
    void isWhatWasWritten() {
        assertThat(regex("a+")).hasToString("a+").isEqualTo(regex("a+")).isNotEqualTo(regex("aa*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{1000}){1000}", "((a{99}){99}){99}", "(a{2,1000}){1,1000}", "[a-z]{200}", "a{101}"})
    void refusesWhatRepeatsTooMuch(String expression) {
        assertThatThrownBy(() -> regex(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("repeats too much: its {n} make it too large");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThatThrownBy(() -> regex("a".repeat(51))).hasMessage("is too long: at most 50 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(?=a)", "(a)\\1", "a{99999999999}"})
    void refusesWhatIsNoExpression(String expression) {
        assertThatThrownBy(() -> regex(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no regular expression of RE2");
    }

    /** A backtracking engine would need longer than the world is old. */
    @Test
    void endsSoonWhateverTheText() {
        BoundedRegex regex = regex("^(a+)+$");
        String text = "a".repeat(BoundedRegex.LONGEST_TEXT - 1) + "b";

        assertThat(BoundedRegex.canSearch(text)).isTrue();
        assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> regex.isFoundIn(text)))
                .isFalse();
        assertThat(BoundedRegex.canSearch(text + "b")).isFalse();
    }
}

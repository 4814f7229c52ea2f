package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    @ParameterizedTest
    @CsvSource({
        "'',abc,3",
        "abc,abc,0",
        "abc,abd,1",
        "abc,ab,1",
        "abc,xabc,1",
        "abc,acb,1",
        "ca,abc,3",
        "kitten,sitting,3",
        "chain,cahin,1"
    })
    void countsEdits(String a, String b, int edits) {
        assertThat(Spelling.distance(a, b)).isEqualTo(edits);
        assertThat(Spelling.distance(b, a)).isEqualTo(edits);
    }

    @Test
    void suggestsTheClosest() {
        assertThat(Spelling.closest("max-que", List.of("max-queue", "max-inflight")))
                .contains("max-queue");
        assertThat(Spelling.closest("maxInflight", List.of("max-queue", "max-inflight")))
                .contains("max-inflight");
    }

    @Test
    void suggestsNothingThatIsFarOff() {
        assertThat(Spelling.closest("ttl", List.of("size", "time"))).isEmpty();
    }

    @Test
    void comparesNoEndlessWords() {
        assertThat(Spelling.closest("x".repeat(1_000_000), List.of("x"))).isEmpty();
    }
}

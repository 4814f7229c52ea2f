package io.gatehouse.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlainTest {
    @Test
    void namesOfStrangersCannotSteerTheTerminal() {
        assertThat(Plain.text("a\u001b[2Jb\nc\u202ed\u0000")).isEqualTo("a\\u001B[2Jb\\u000Ac\\u202Ed\\u0000");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(Plain.text("Zürich 東京 😀")).isEqualTo("Zürich 東京 😀");
    }

    @Test
    void columnsAreAligned() {
        assertThat(Plain.table(List.of("A", "LONG"), List.of(List.of("wide\n", "x"), List.of("b", ""))))
                .containsExactly("A           LONG", "wide\\u000A  x", "b");
    }

    @Test
    void durationsLeaveOutLeadingZeros() {
        assertThat(StatusCommand.duration(5)).isEqualTo("5s");
        assertThat(StatusCommand.duration(3_600)).isEqualTo("1h 0m 0s");
        assertThat(StatusCommand.duration(90_061)).isEqualTo("1d 1h 1m 1s");
    }
}

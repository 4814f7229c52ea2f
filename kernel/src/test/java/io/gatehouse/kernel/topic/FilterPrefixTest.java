package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPrefixTest {
    @ParameterizedTest
    @CsvSource({
        "$share/g/a/+, $share/g/, a/+",
        "$share/g//, $share/g/, /",
        "$queue/a/#, $queue/, a/#",
        "$exclusive/a/b, $exclusive/, a/b",
        "a/b, '', a/b",
        "$SYS/#, '', $SYS/#",
        "$shared/g/a, '', $shared/g/a",
        "$share/g, '', $share/g"
    })
    void takesAFilterApart(String filter, String prefix, String plain) {
        assertThat(FilterPrefix.of(filter)).isEqualTo(prefix);
        assertThat(FilterPrefix.plain(filter)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "#",
                "$SYS/#",
                "$share/g/#",
                "$share/g/$SYS/#",
                "$queue/+/a",
                "$exclusive/a",
                "$exclusive/$SYS/a"
            })
    void knowsWhatIsWellFormed(String filter) {
        assertThat(FilterPrefix.isWellFormed(filter)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a#",
                "$share",
                "$share/g",
                "$share/g/",
                "$share//a",
                "$share/+/a",
                "$share/g/a#",
                "$queue",
                "$queue/",
                "$queue/a#",
                "$exclusive",
                "$exclusive/",
                "$exclusive/a/+",
                "$exclusive/#",
                "$delayed/5/a",
                "$share/g/$delayed/5/a",
                "$share/g/$share/h/a",
                "$share/g/$exclusive/a",
                "$share/g/$queue/a",
                "$queue/$exclusive/a",
                "$queue/$queue/a",
                "$exclusive/$exclusive/a",
                "$exclusive/$share/g/a"
            })
    void knowsWhatIsNot(String filter) {
        assertThat(FilterPrefix.isWellFormed(filter)).isFalse();
    }

    @Test
    void givesQueueAGroupThatNoShareNameCanMean() {
        assertThat(SharedFilter.parse("$queue/a")).isEqualTo(new SharedFilter("", "a"));
        assertThat(SharedFilter.parse("$share//a")).isNull();
    }
}

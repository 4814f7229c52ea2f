package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedFilterTest {

    @Test
    void takesGroupAndFilterApart() {
        assertThat(SharedFilter.parse("$share/g/a/+")).isEqualTo(new SharedFilter("g", "a/+"));
        assertThat(SharedFilter.parse("$share/g//")).isEqualTo(new SharedFilter("g", "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$share", "$share/", "$share/g", "$share/g/", "$share//a", "$share/+/a", "$share/g#/a"})
    void knowsAMalformedOne(String filter) {
        assertThat(SharedFilter.isShared(filter)).isTrue();
        assertThat(SharedFilter.parse(filter)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "$shared/g/a", "a/$share/g/b", "$SYS/#"})
    void leavesOthersAlone(String filter) {
        assertThat(SharedFilter.isShared(filter)).isFalse();
    }
}

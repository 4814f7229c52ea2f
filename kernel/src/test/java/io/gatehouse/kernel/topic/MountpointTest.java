package io.gatehouse.kernel.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MountpointTest {
    private final Mountpoint tenant = new Mountpoint("t/");

    @ParameterizedTest
    @CsvSource({
        "a/b, t/a/b",
        "#, t/#",
        "/, t//",
        "..  , t/..",
        "$share/g/a/+, $share/g/t/a/+",
        "$queue/#, $queue/t/#",
        "$exclusive/a, $exclusive/t/a"
    })
    void standsBehindThePrefixAndBeforeTheFilter(String filter, String mounted) {
        assertThat(tenant.mountedFilter(filter)).isEqualTo(mounted);
        assertThat(tenant.unmountedFilter(mounted)).isEqualTo(filter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "t/", "tt/a", "a", "/t/a", "$SYS/broker/uptime", "t/$SYS/x", "T/a"})
    void hidesWhatIsNotBehindIt(String topic) {
        assertThat(tenant.unmounted(topic)).isNull();
    }

    @Test
    void showsWhatIsBehindItWithoutItself() {
        assertThat(tenant.unmounted("t/a/b")).isEqualTo("a/b");
        assertThat(tenant.unmounted("t//")).isEqualTo("/");
        assertThat(tenant.unmounted("t/t/a")).isEqualTo("t/a");
    }

    @Test
    void takesNoNamesOfTheBrokerAndNoneThatGetTooLong() {
        assertThat(tenant.takes("a")).isTrue();
        assertThat(tenant.takes("$SYS/a")).isFalse();
        assertThat(tenant.takes("$a")).isFalse();
        assertThat(tenant.takes("a".repeat(65_533))).isTrue();
        assertThat(tenant.takes("a".repeat(65_534))).isFalse();
        assertThat(tenant.takes("\u20ac".repeat(21_845))).isFalse();
        assertThat(Mountpoint.NONE.takes("$SYS/a")).isTrue();
    }

    @Test
    void isNothingByDefault() {
        assertThat(Mountpoint.NONE.mountedFilter("$share/g/a")).isEqualTo("$share/g/a");
        assertThat(Mountpoint.NONE.unmounted("$SYS/a")).isEqualTo("$SYS/a");
    }
}

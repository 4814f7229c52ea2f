package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"5s", " 5 s ", "1.5m", "250ms", "7us", "9 ns", "2 hours", "1 day", "10 minutes", "3 seconds"})
    void readsDurationsAsHoconDoes(String text) {
        assertThat(Quantities.duration(text))
                .contains(ConfigFactory.parseString("a = \"" + text + "\"").getDuration("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5 kB", "5K", "5 KiB", "1.5MiB", "2MB", "1 GiB", "7 bytes", "3k", "1M"})
    void readsSizesAsHoconDoes(String text) {
        assertThat(Quantities.size(text))
                .contains(ConfigFactory.parseString("a = \"" + text + "\"").getBytes("a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "5",
                "-5s",
                "5 S",
                "5 weeks",
                "1e9s",
                "1.2.3s",
                ".",
                ".s",
                "999999999999d",
                "5s5",
                "123456789012345678901s"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThat(Quantities.duration(text)).isEmpty();
    }

    @Test
    void zeroNeedsNoUnit() {
        assertThat(Quantities.duration("0")).contains(Duration.ZERO);
    }

    @Test
    void showsWhatItReads() {
        assertThat(Quantities.showDuration(Duration.ofSeconds(90))).isEqualTo("90s");
        assertThat(Quantities.showDuration(Duration.ofMinutes(10))).isEqualTo("10m");
        assertThat(Quantities.showDuration(Duration.ZERO)).isEqualTo("0s");
        assertThat(Quantities.showSize(256L << 20)).isEqualTo("256MiB");
        assertThat(Quantities.showSize(1001)).isEqualTo("1001 bytes");
    }
}

package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of the guard. */
class RateTypeTest {
    private TestHome home;

    @BeforeEach
    void newHome(@TempDir Path folder) {
        home = new TestHome(folder);
    }

    @Test
    void everyKeyReachesItsRecord() {
        home.main("""
                limits {
                  max-connections = 7, max-pause = 0
                  client { connections = "1/s", messages = "100/s burst 500", bytes = "10MB/10s" }
                  listener { connections = "2/m", messages = "3/100ms", bytes = "1KiB / 2s burst 1MiB" }
                  node { connections = "4/1h", messages = infinity, bytes = "5/d" }
                }
                flapping { enabled = true, max-disconnects = 2, window = 10s, ban-time = 1h, exempt = ["10.0.0.0/8", "::1"] }
                """);

        assertThat(home.config().guard())
                .isEqualTo(new GuardConfig(
                        7,
                        new RatesConfig(
                                rate(1, Duration.ofSeconds(1), 0),
                                rate(100, Duration.ofSeconds(1), 500),
                                rate(10_000_000, Duration.ofSeconds(10), 0)),
                        new RatesConfig(
                                rate(2, Duration.ofMinutes(1), 0),
                                rate(3, Duration.ofMillis(100), 0),
                                rate(1_024, Duration.ofSeconds(2), 1_048_576)),
                        new RatesConfig(
                                rate(4, Duration.ofHours(1), 0), Rate.UNLIMITED, rate(5, Duration.ofDays(1), 0)),
                        Duration.ZERO,
                        new FlappingConfig(
                                true,
                                2,
                                Duration.ofSeconds(10),
                                Duration.ofHours(1),
                                List.of(
                                        Cidr.parse("10.0.0.0/8").orElseThrow(),
                                        Cidr.parse("::1").orElseThrow()))));
    }

    private static Rate rate(long amount, Duration period, long burst) {
        return new Rate(amount, period, burst);
    }

    @Test
    void nothingIsLimitedByDefaultButTheNumberOfConnections() {
        assertThat(home.config().guard()).isEqualTo(GuardConfig.DEFAULT);
        assertThat(GuardConfig.DEFAULT.client()).isEqualTo(RatesConfig.UNLIMITED);
        assertThat(GuardConfig.DEFAULT.flapping().enabled()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "100",
                "/s",
                "0/s",
                "-1/s",
                "100/",
                "100/0s",
                "100/50ms",
                "100/2d",
                "100/fortnight",
                "100KB/s",
                "1.5/s",
                "100/s burst",
                "100/s burst -1",
                "100/s burst 5 6",
                "99999999999999/s",
            })
    void refusesWhatIsNoRate(String text) {
        home.main("limits.client.messages = \"" + text + "\"");

        assertThat(home.load().errors())
                .singleElement()
                .asString()
                .contains("`limits.client.messages` must be a rate such as \"100/s\"");
    }
}

package io.gatehouse.kernel.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** A broker that stalls for a second in the middle of ten: what do the percentiles say? */
class CoordinatedOmissionTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final double MILLISECOND = 1e6;

    @Test
    void aScheduleShowsWhatAStallDoesToEverybodyWhoWaits() throws Exception {
        try (VirtualBench bench = new VirtualBench(1_000, 10, TEN_SECONDS)) {
            stallInTheMiddle(bench);
            Histogram nanos = bench.acknowledgements();

            assertThat(bench.tally().of(Count.SENT)).isEqualTo(10_000);
            assertThat(nanos.getTotalCount()).isEqualTo(10_000);
            // A tenth of the messages was due during the stall, and waited from no time to all of it.
            assertThat(nanos.getValueAtPercentile(85) / MILLISECOND).isLessThan(3);
            assertThat(nanos.getValueAtPercentile(95) / MILLISECOND).isBetween(450.0, 650.0);
            assertThat(nanos.getMaxValue() / MILLISECOND).isBetween(990.0, 1_200.0);
        }
    }

    @Test
    void saysThatItIsBehindItsSchedule() throws Exception {
        try (VirtualBench bench = new VirtualBench(1_000, 10, TEN_SECONDS)) {
            stallInTheMiddle(bench);

            assertThat(bench.tally().of(Count.BEHIND)).isBetween(950L, 1_100L);
            assertThat(bench.tally().mostBehind() / MILLISECOND).isBetween(950.0, 1_100.0);
        }
    }

    @Test
    void saysWhatWasDueAndNeverSent() throws Exception {
        try (VirtualBench bench = new VirtualBench(1_000, 10, TEN_SECONDS)) {
            bench.pass(Duration.ofSeconds(9));
            bench.stall(true);
            bench.pass(Duration.ofSeconds(2));

            assertThat(bench.unsent()).isBetween(980L, 995L);
        }
    }

    /** Why the output says "service time". */
    @Test
    void aClosedLoopHardlyNotices() throws Exception {
        try (VirtualBench bench = new VirtualBench(0, 10, TEN_SECONDS)) {
            stallInTheMiddle(bench);
            Histogram nanos = bench.acknowledgements();

            assertThat(nanos.getMaxValue() / MILLISECOND).isBetween(990.0, 1_200.0);
            assertThat(nanos.getValueAtPercentile(99.9) / MILLISECOND).isLessThan(3);
        }
    }

    private static void stallInTheMiddle(VirtualBench bench) throws Exception {
        bench.pass(Duration.ofSeconds(4));
        bench.stall(true);
        bench.pass(Duration.ofSeconds(1));
        bench.stall(false);
        bench.pass(Duration.ofSeconds(6));
    }
}

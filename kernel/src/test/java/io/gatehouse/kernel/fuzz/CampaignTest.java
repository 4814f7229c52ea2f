package io.gatehouse.kernel.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A campaign that sees nothing would prove nothing. */
class CampaignTest {
    /** Reads bytes in some way. */
    private record Reader(Consumer<byte[]> reading) implements FuzzTarget {
        @Override
        public List<byte[]> seeds() {
            return List.of(new byte[] {1, 2, 3});
        }

        @Override
        public void read(byte[] input, int choice) {
            reading.accept(input);
        }

        @Override
        public String check(byte[] input, int choice) {
            return "length " + input.length;
        }

        @Override
        public String describe(int choice) {
            return "somewhere";
        }
    }

    private static Campaign of(Consumer<byte[]> reading) {
        return new Campaign(new Reader(reading), 1);
    }

    @Test
    void findsManyOutcomesOfAReaderThatIsSound() throws InterruptedException {
        Campaign campaign = of(input -> {});

        assertThat(campaign.run(1_000).outcomes()).isGreaterThan(10);
        assertThat(of(input -> {}).run(1_000).outcomes())
                .isEqualTo(campaign.outcomes().size());
    }

    @Test
    void seesAnExceptionAndTellsTheInput() {
        Campaign campaign = of(input -> {
            if (input.length == 5) {
                throw new IllegalStateException("five");
            }
        });

        assertThatThrownBy(() -> campaign.run(10_000))
                .hasMessageContaining("somewhere, 5 bytes: ")
                .hasMessageContaining("five");
    }

    @Test
    void seesAnInputThatAllocatesTooMuch() {
        Campaign campaign =
                of(input -> assertThat(new byte[(int) Campaign.MOST_BYTES + 1]).isNotNull());

        assertThatThrownBy(() -> campaign.run(1)).hasMessageContaining("bytes");
    }

    @Test
    void seesAnInputThatTakesTooLong() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Campaign campaign = of(input -> {
            long end = threads.getCurrentThreadCpuTime() + Campaign.MOST_NANOS * 5 / 4;
            while (threads.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
        });

        assertThatThrownBy(() -> campaign.run(1)).hasMessageContaining("took");
    }
}

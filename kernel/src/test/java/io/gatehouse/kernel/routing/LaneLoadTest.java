package io.gatehouse.kernel.routing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaneLoadTest {
    private static final long LIMIT = 100;

    private final LaneLoad load = new LaneLoad(3);

    @Test
    void letsSendersGoOnUpToTheLimit() {
        assertThat(load.sent(60, 0, LIMIT)).isTrue();
        assertThat(load.sent(40, 1, LIMIT)).isTrue();
        assertThat(load.bytes()).isEqualTo(100);
        assertThat(load.takeRelieved(0)).isFalse();
    }

    @Test
    void hasSendersBeyondTheLimitWaitUntilHalfOfItIsWorkedOff() {
        load.sent(100, 0, LIMIT);
        assertThat(load.sent(50, 1, LIMIT)).isFalse();

        assertThat(load.served(99, LIMIT)).isFalse();
        assertThat(load.served(1, LIMIT)).isTrue();

        assertThat(load.takeRelieved(0)).isFalse();
        assertThat(load.takeRelieved(1)).isTrue();
        assertThat(load.takeRelieved(1)).isFalse();
    }

    @Test
    void tellsEverySenderThatWaits() {
        load.sent(150, 0, LIMIT);
        load.sent(10, 2, LIMIT);

        assertThat(load.served(160, LIMIT)).isTrue();

        assertThat(load.takeRelieved(0)).isTrue();
        assertThat(load.takeRelieved(1)).isFalse();
        assertThat(load.takeRelieved(2)).isTrue();
        assertThat(load.bytes()).isZero();
    }

    /** One message beyond the limit is handed over all the same, or it would never be. */
    @Test
    void takesWhatIsLargerThanTheLimitAndForgetsItWhenItWasServed() {
        assertThat(load.sent(1_000, 0, LIMIT)).isFalse();
        assertThat(load.served(1_000, LIMIT)).isTrue();
        assertThat(load.takeRelieved(0)).isTrue();
        assertThat(load.sent(100, 0, LIMIT)).isTrue();
    }
}

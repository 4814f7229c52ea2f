package io.gatehouse.kernel.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.FlappingConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.Rate;
import io.gatehouse.kernel.config.RatesConfig;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Token buckets on a clock that the test turns. */
class RatesTest {
    private static final String LISTENER = "tcp.test";
    private static final Rate NONE = Rate.UNLIMITED;
    private static final long SECOND = 1_000_000_000;
    private static final int SIZE = 10;

    private final GuardCounters counters = new GuardCounters();
    private long now = SECOND;

    private static Rate perSecond(long amount) {
        return new Rate(amount, Duration.ofSeconds(1), 0);
    }

    private static RatesConfig messages(Rate rate) {
        return new RatesConfig(NONE, rate, NONE);
    }

    private static RatesConfig connections(Rate rate) {
        return new RatesConfig(rate, NONE, NONE);
    }

    private static GuardConfig config(RatesConfig client, RatesConfig listener, RatesConfig node) {
        return new GuardConfig(1_000, client, listener, node, Duration.ofSeconds(5), FlappingConfig.DEFAULT);
    }

    private Rates rates(GuardConfig config, int lanes) {
        return new Rates(config, lanes, () -> now, counters);
    }

    private Meter clientMeter(Rate messages) {
        GuardConfig config = config(messages(messages), RatesConfig.UNLIMITED, RatesConfig.UNLIMITED);
        return Objects.requireNonNull(rates(config, 1).meter(LISTENER));
    }

    /** Sends as fast as the meter lets it for so many seconds and tells how many messages that were. */
    private long messagesIn(Meter meter, int seconds) {
        long end = now + seconds * SECOND;
        long sent = 0;
        while (now < end) {
            assertThat(meter.admits(0, true, SIZE)).isTrue();
            sent++;
            now += meter.pause();
        }
        return sent;
    }

    @Test
    void measuresNothingWhereNothingIsLimited() {
        Rates rates = rates(GuardConfig.DEFAULT, 2);

        assertThat(rates.meter(LISTENER)).isNull();
        assertThat(rates.admitsConnection(LISTENER)).isTrue();
    }

    @Test
    void letsAFullBucketGoAtOnceAndThenKeepsToTheRate() {
        assertThat(messagesIn(clientMeter(perSecond(100)), 60)).isBetween(6_000L, 6_150L);
    }

    @Test
    void letsABurstGoAfterSilenceAndNoMore() {
        Meter meter = clientMeter(new Rate(10, Duration.ofSeconds(1), 40));
        now += 3_600 * SECOND;

        long atOnce = Stream.generate(() -> meter.admits(0, true, SIZE))
                .takeWhile(admitted -> admitted && meter.pause() == 0)
                .count();

        assertThat(atOnce).isEqualTo(50);
        assertThat(meter.pause()).isEqualTo(SECOND / 10);
    }

    @Test
    void pausesForAtLeastATenthOfASecondSoThatTimersAreFew() {
        Meter meter = clientMeter(perSecond(1_000));
        long pauses = 0;
        long end = now + 10 * SECOND;
        while (now < end) {
            meter.admits(0, true, SIZE);
            pauses += meter.pause() > 0 ? 1 : 0;
            now += meter.pause();
        }

        assertThat(pauses).isLessThanOrEqualTo(101);
    }

    @Test
    void countsTheBytesOfEveryPacket() {
        RatesConfig bytes = new RatesConfig(NONE, NONE, perSecond(1_000));
        Meter meter = Objects.requireNonNull(rates(config(bytes, RatesConfig.UNLIMITED, RatesConfig.UNLIMITED), 1)
                .meter(LISTENER));

        assertThat(meter.admits(0, false, 1_000)).isTrue();
        assertThat(meter.pause()).isZero();
        assertThat(meter.admits(0, false, 2_500)).isTrue();
        assertThat(meter.pause()).isEqualTo(5 * SECOND / 2);
    }

    @Test
    void aDebtOfManyYearsDoesNotTurnIntoCredit() {
        RatesConfig bytes = new RatesConfig(NONE, NONE, new Rate(1, Duration.ofDays(1), 0));
        Meter meter = Objects.requireNonNull(rates(config(bytes, RatesConfig.UNLIMITED, RatesConfig.UNLIMITED), 1)
                .meter(LISTENER));

        for (int i = 0; i < 200; i++) {
            meter.admits(0, false, 1 << 20);
            assertThat(meter.pause()).isEqualTo(5 * SECOND);
        }
    }

    @Test
    void refusesAMessageThatFindsMoreDebtThanTheLongestPauseAndDoesNotChargeForIt() {
        GuardConfig config = config(RatesConfig.UNLIMITED, RatesConfig.UNLIMITED, messages(perSecond(10)));
        Rates rates = rates(config, 1);
        List<Meter> meters = IntStream.range(0, 200)
                .mapToObj(_ -> Objects.requireNonNull(rates.meter(LISTENER)))
                .toList();

        List<Meter> refused =
                meters.stream().filter(meter -> !meter.admits(0, true, SIZE)).toList();

        // 10 from the bucket, 50 for five seconds of waiting, and the one that made it more.
        assertThat(meters.size() - refused.size()).isEqualTo(61);
        assertThat(refused).allMatch(meter -> meter.pause() == 5 * SECOND);
        assertThat(counters.messagesRefused.sum()).isEqualTo(refused.size());
        now += 5 * SECOND + SECOND / 5;
        assertThat(refused.getFirst().admits(0, true, SIZE)).isTrue();
    }

    @Test
    void neverRefusesWhatIsNoMessage() {
        Meter meter = clientMeter(perSecond(1));
        IntStream.range(0, 20).forEach(_ -> meter.admits(0, true, SIZE));

        assertThat(meter.admits(0, true, SIZE)).isFalse();
        assertThat(meter.admits(0, false, SIZE)).isTrue();
    }

    @Test
    void sharesTheRateOfAListenerAmongTheClientsOfAllLanes() {
        int lanes = 4;
        GuardConfig config = config(RatesConfig.UNLIMITED, messages(perSecond(10_000)), RatesConfig.UNLIMITED);
        Rates rates = rates(config, lanes);
        List<Meter> meters = IntStream.range(0, 40)
                .mapToObj(_ -> Objects.requireNonNull(rates.meter(LISTENER)))
                .toList();
        long[] resumes = new long[meters.size()];
        long sent = 0;
        for (long end = now + 10 * SECOND; now < end; now += 1_000_000) {
            for (int i = 0; i < meters.size(); i++) {
                while (resumes[i] <= now) {
                    sent += meters.get(i).admits(i % lanes, true, SIZE) ? 1 : 0;
                    resumes[i] = now + meters.get(i).pause() + (meters.get(i).pause() == 0 ? 50_000 : 0);
                }
            }
        }

        assertThat(sent).isBetween(100_000L, 113_000L);
        assertThat(Objects.requireNonNull(rates.meter("tcp.other")).admits(0, true, SIZE))
                .isTrue();
    }

    @Test
    void refusesConnectionsBeyondTheRateOfTheListenerOrTheNode() {
        Rates rates = rates(config(RatesConfig.UNLIMITED, connections(perSecond(5)), connections(perSecond(8))), 1);

        assertThat(admitted(rates, "tcp.one")).isEqualTo(5);
        assertThat(admitted(rates, "tcp.two")).isEqualTo(3);
        now += SECOND;
        assertThat(admitted(rates, "tcp.one")).isEqualTo(5);
    }

    private static long admitted(Rates rates, String listener) {
        return IntStream.range(0, 20)
                .filter(_ -> rates.admitsConnection(listener))
                .count();
    }

    @Test
    void limitsTheConnectionsOfEachAddressByItself() throws Exception {
        Rates rates = rates(config(connections(perSecond(2)), RatesConfig.UNLIMITED, RatesConfig.UNLIMITED), 1);
        InetAddress one = InetAddress.ofLiteral("192.0.2.1");

        assertThat(admitted(rates, one)).isEqualTo(2);
        assertThat(admitted(rates, InetAddress.ofLiteral("192.0.2.2"))).isEqualTo(2);
        assertThat(admitted(rates, InetAddress.ofLiteral("2001:db8::1"))).isEqualTo(2);
        assertThat(admitted(rates, InetAddress.ofLiteral("2001:db8::ffff")))
                .as("the same owner's")
                .isZero();
        now += SECOND / 2;
        assertThat(admitted(rates, one)).isEqualTo(1);
    }

    private static long admitted(Rates rates, InetAddress peer) {
        return IntStream.range(0, 20).filter(_ -> rates.admitsConnection(peer)).count();
    }

    @Test
    void saysWhetherConnectionsNeedOtherMeters() {
        GuardConfig limited = config(messages(perSecond(1)), RatesConfig.UNLIMITED, RatesConfig.UNLIMITED);
        Rates rates = rates(GuardConfig.DEFAULT, 1);

        assertThat(rates.replace(GuardConfig.DEFAULT)).isFalse();
        assertThat(rates.replace(limited)).isTrue();
        assertThat(rates.meter(LISTENER)).isNotNull();
        assertThat(rates.replace(limited)).isFalse();
    }
}

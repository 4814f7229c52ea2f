package io.gatehouse.kernel.bench;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of one run: when it begins, what is measured, and who sends what.
 *
 * @param measureUntil the end of the last messages' due times; {@link Long#MAX_VALUE} when the messages decide
 * @param schedule of an open loop; null for a closed one
 * @param messages how many in all; {@link Long#MAX_VALUE} when the time decides
 */
record Agenda(
        long start,
        long measureFrom,
        long measureUntil,
        @Nullable PacedSchedule schedule,
        long messages) {

    static Agenda of(BenchPlan plan, long start) {
        BenchPlan.Traffic traffic = plan.traffic();
        long from = start + plan.timing().warmUp().toNanos();
        Optional<Duration> duration = plan.timing().duration();
        long until = duration.map(time -> from + time.toNanos()).orElse(Long.MAX_VALUE);
        if (!traffic.open()) {
            return new Agenda(start, from, until, null, traffic.messages());
        }
        PacedSchedule schedule = new PacedSchedule(start, traffic.rate());
        long slots = duration.isPresent() ? schedule.slots(until - start) : Long.MAX_VALUE;
        return new Agenda(start, from, until, schedule, Math.min(slots, traffic.messages()));
    }

    /** Whether the messages of so many sent are all that will be, as far as time does not decide. */
    boolean isThrough(long sent) {
        return schedule == null || sent >= messages;
    }

    /** What a publisher keeps to. */
    Pace pace(int publisher, int publishers) {
        long limit = Pace.share(messages, publisher, publishers);
        return schedule == null
                ? new Pace.Closed(limit, measureUntil)
                : new Pace.Open(schedule, publisher, publishers, limit);
    }
}

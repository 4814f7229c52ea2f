package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.session.AnyThread;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** What the bounds of the broker did since it started; {@link BoundsReport} says what each is. */
@AnyThread
final class BoundCounters {
    final DropCounts dropped = new DropCounts();
    final LongAdder slowConsumers = new LongAdder();
    final LongAdder overflowed = new LongAdder();
    final LongAdder sessionsRefused = new LongAdder();
    final LongAdder retainedRefused = new LongAdder();
    final LongAdder publishersHeld = new LongAdder();
    final LongAdder publishesRefused = new LongAdder();
    final LongAdder proxyHeadersRefused = new LongAdder();

    BoundsReport report(MemoryPressure memory) {
        return new BoundsReport(
                dropped.all(),
                slowConsumers.sum(),
                overflowed.sum(),
                sessionsRefused.sum(),
                retainedRefused.sum(),
                publishersHeld.sum(),
                publishesRefused.sum(),
                proxyHeadersRefused.sum(),
                memory.level().name().toLowerCase(Locale.ROOT));
    }
}

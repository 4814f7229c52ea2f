package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.AnyThread;
import java.util.concurrent.atomic.LongAdder;

/** What the guard has done since the broker started. */
@AnyThread
final class GuardCounters {
    final LongAdder connectionsTooMany = new LongAdder();
    final LongAdder connectionsTooFast = new LongAdder();
    final LongAdder connectionsBanned = new LongAdder();
    final LongAdder connectsBanned = new LongAdder();
    final LongAdder messagesRefused = new LongAdder();

    GuardReport report(int bans, int flapping) {
        return new GuardReport(
                connectionsTooMany.sum(),
                connectionsTooFast.sum(),
                connectionsBanned.sum(),
                connectsBanned.sum(),
                messagesRefused.sum(),
                bans,
                flapping);
    }
}

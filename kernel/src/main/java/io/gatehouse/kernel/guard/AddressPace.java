package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.AnyThread;
import java.net.InetAddress;

/** A token bucket for each address that connected lately. One that is forgotten among too many others begins with a full bucket. */
@AnyThread
final class AddressPace {
    private static final int MOST_ADDRESSES = 65_536;
    private static final long FULL = Long.MIN_VALUE / 2;

    private final Pace pace;
    private final BoundedTable<Long> paidUntil = new BoundedTable<>(MOST_ADDRESSES);

    AddressPace(Pace pace) {
        this.pace = pace;
    }

    boolean tryTake(InetAddress peer, long now) {
        long[] taken = {FULL};
        paidUntil.compute(Mark.of(peer), before -> {
            long paid = before == null ? FULL : before;
            taken[0] = pace.take(paid, now, 1);
            return taken[0] > now ? Long.valueOf(paid) : Long.valueOf(taken[0]);
        });
        return taken[0] <= now;
    }
}

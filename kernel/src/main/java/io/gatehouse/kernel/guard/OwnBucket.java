package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.OnLane;

/** The tokens of one client, on its lane. */
@OnLane
final class OwnBucket implements Tokens {
    private final Pace pace;
    private long paidUntil = Long.MIN_VALUE / 2; // full

    OwnBucket(Pace pace) {
        this.pace = pace;
    }

    @Override
    public long debt(int lane, long now) {
        return Math.max(0, paidUntil - now);
    }

    @Override
    public long take(int lane, long tokens, long now) {
        paidUntil = pace.take(paidUntil, now, tokens);
        return Math.max(0, paidUntil - now);
    }
}

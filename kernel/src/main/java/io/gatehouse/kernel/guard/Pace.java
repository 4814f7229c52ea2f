package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.config.Rate;

/**
 * A {@link Rate} as a token bucket computes with it. A bucket is one number: the moment until which everything taken so far is paid for.
 * It never lies further back than a full bucket is worth. When it lies ahead, the bucket is in debt for as long.
 *
 * <pre>
 *    ◄──── full bucket ────►
 *   ─┼──────────█████████████┼──────────────► time
 *          paid until       now
 *               └─ tokens ──┘
 * </pre>
 *
 * @param nanosPerToken what one token costs
 * @param fullNanos what a full bucket is worth
 */
record Pace(double nanosPerToken, long fullNanos) {
    /** A bucket that is larger is never emptied. */
    private static final double MOST_NANOS = 1e17;

    static Pace of(Rate rate) {
        double perToken = (double) rate.period().toNanos() / rate.amount();
        double full = Math.min(MOST_NANOS, perToken * ((double) rate.amount() + rate.burst()));
        return new Pace(perToken, (long) Math.ceil(full));
    }

    /** Until when it is paid after so many tokens more are taken at this moment. */
    long take(long paidUntil, long now, long tokens) {
        double cost = Math.min(MOST_NANOS, Math.ceil(tokens * nanosPerToken));
        long after = Math.max(paidUntil, now - fullNanos) + (long) cost;
        return Math.min(after, now + (long) MOST_NANOS); // so that no debt is so large that it becomes credit
    }

    /** How many tokens are worth this time. */
    long tokensIn(long nanos) {
        return (long) Math.min(MOST_NANOS, nanos / nanosPerToken);
    }
}

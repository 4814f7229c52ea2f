package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.OnLane;

/** Where tokens are taken from. Times are nanoseconds of the clock of {@link Rates}. */
@OnLane
interface Tokens {
    /** For how many nanoseconds nobody should take any. */
    long debt(int lane, long now);

    /** Takes tokens, if need be on credit, and returns the debt in nanoseconds; 0 for none. */
    long take(int lane, long tokens, long now);
}

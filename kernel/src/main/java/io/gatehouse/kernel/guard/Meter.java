package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.OnLane;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Measures what comes over one connection against the rates of its client, its listener and the node.
 *
 * <p>A packet is paid for after it has come, if need be on credit. While there is debt nothing more should be read from the client, at
 * most for {@code limits.max-pause}; so a client is slowed down by TCP, and loses nothing. Only a message that finds more debt than that,
 * because very many clients are too fast together, is to be refused; it is not charged for.
 */
@OnLane
public final class Meter {
    /** Less debt is not worth a pause. */
    private static final long LEAST_DEBT = 10_000_000;

    /** A pause lasts at least as long, so that it ends with tokens for several messages. No rate has a shorter period. */
    private static final long SHORTEST_PAUSE = 100_000_000;

    private final Tokens[] messages;
    private final Tokens[] bytes;
    private final long longestPause;
    private final LongSupplier nanoClock;
    private final GuardCounters counters;
    private long pause;

    Meter(
            List<Tokens> messages,
            List<Tokens> bytes,
            long longestPauseNanos,
            LongSupplier nanoClock,
            GuardCounters counters) {
        this.messages = messages.toArray(Tokens[]::new);
        this.bytes = bytes.toArray(Tokens[]::new);
        this.longestPause = longestPauseNanos;
        this.nanoClock = nanoClock;
        this.counters = counters;
    }

    /**
     * Charges for a packet.
     *
     * @param lane the index of the lane that calls
     * @param message whether it is a message to be published
     * @param size of the packet in bytes
     * @return false when it is a message and has to be refused
     */
    public boolean admits(int lane, boolean message, int size) {
        long now = nanoClock.getAsLong();
        if (message && Math.max(debt(messages, lane, now), debt(bytes, lane, now)) > longestPause) {
            counters.messagesRefused.increment();
            pause = longestPause;
            return false;
        }
        long debt = take(bytes, lane, size, now);
        if (message) {
            debt = Math.max(debt, take(messages, lane, 1, now));
        }
        pause = debt < LEAST_DEBT ? 0 : Math.min(longestPause, Math.max(debt, SHORTEST_PAUSE));
        return true;
    }

    /** For how many nanoseconds nothing more should be read after the packet that was just charged for; 0 to go on reading. */
    public long pause() {
        return pause;
    }

    private static long debt(Tokens[] all, int lane, long now) {
        long debt = 0;
        for (Tokens tokens : all) {
            debt = Math.max(debt, tokens.debt(lane, now));
        }
        return debt;
    }

    private static long take(Tokens[] all, int lane, long amount, long now) {
        long debt = 0;
        for (Tokens tokens : all) {
            debt = Math.max(debt, tokens.take(lane, amount, now));
        }
        return debt;
    }
}

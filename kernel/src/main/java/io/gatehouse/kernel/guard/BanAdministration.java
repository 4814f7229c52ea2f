package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.AnyThread;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What operators do with bans, their own and those that flapping made. Calls block on the disk. */
@AnyThread
public final class BanAdministration {
    private final Bans bans;
    private final Flapping flapping;

    BanAdministration(Bans bans, Flapping flapping) {
        this.bans = bans;
        this.flapping = flapping;
    }

    /**
     * Bans somebody, and disconnects whom it concerns. An earlier ban of the same is replaced.
     *
     * @param kind the word of a {@link BanKind}
     * @param by who says so
     * @param until null for ever
     */
    public BanOutcome add(String kind, String value, String by, String reason, @Nullable Instant until) {
        Optional<BanKind> known = BanKind.of(kind);
        return known.isEmpty() ? unknown(kind) : bans.add(known.get(), value, by, reason, until);
    }

    /** Ends a ban, whoever made it. */
    public BanOutcome remove(String kind, String value) {
        Optional<BanKind> known = BanKind.of(kind);
        if (known.isEmpty()) {
            return unknown(kind);
        }
        BanOutcome outcome = bans.remove(known.get(), value);
        if (outcome instanceof BanOutcome.Refused || flapping.lift(known.get(), value) == 0) {
            return outcome;
        }
        return outcome instanceof BanOutcome.Done
                ? outcome
                : new BanOutcome.Done(kind + " " + value + " is no longer kept away for flapping");
    }

    private static BanOutcome unknown(String kind) {
        return new BanOutcome.Refused("a ban goes by one of " + BanKind.words() + ", not by " + kind);
    }

    /** All bans in force: first those of operators, the oldest first, then those of flapping. At most {@code limit} of them. */
    public List<Ban> list(int limit) {
        return Stream.concat(bans.list().stream(), flapping.bans().stream())
                .limit(limit)
                .toList();
    }
}

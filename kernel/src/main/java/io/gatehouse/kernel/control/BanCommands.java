package io.gatehouse.kernel.control;

import io.gatehouse.kernel.control.ControlAnswer.Failed;
import io.gatehouse.kernel.control.ControlAnswer.Reason;
import io.gatehouse.kernel.guard.Ban;
import io.gatehouse.kernel.guard.BanAdministration;
import io.gatehouse.kernel.guard.BanOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what control requests ask about bans. Blocks on the disk. */
final class BanCommands {
    static final int MAX_BANS = 200_000;

    /** Longer is for ever. */
    private static final long LONGEST_SECONDS = Duration.ofDays(100 * 365).toSeconds();

    private final BanAdministration bans;
    private final Clock clock;

    BanCommands(BanAdministration bans, Clock clock) {
        this.bans = bans;
        this.clock = clock;
    }

    ControlAnswer add(ControlRequest.AddBan add) {
        if (add.forSeconds() < 0 || add.forSeconds() > LONGEST_SECONDS) {
            return new Failed(
                    Reason.REFUSED, "a ban lasts at most 100 years; leave the time out for one that never ends");
        }
        @Nullable
        Instant until = add.forSeconds() == 0
                ? null
                : clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(add.forSeconds());
        return answer(bans.add(add.kind(), add.value(), add.by(), add.reason(), until));
    }

    ControlAnswer remove(ControlRequest.RemoveBan remove) {
        return answer(bans.remove(remove.kind(), remove.value()));
    }

    ControlAnswer list(ControlRequest.Bans page) {
        if (page.limit() < 1 || page.limit() > MAX_BANS) {
            return new Failed(Reason.BAD_REQUEST, "the limit must be 1 to 200,000, not " + page.limit());
        }
        List<Ban> found = bans.list(page.limit() + 1);
        return new ControlAnswer.Bans(
                found.stream().limit(page.limit()).map(BanStatus::of).toList(), found.size() > page.limit());
    }

    private static ControlAnswer answer(BanOutcome outcome) {
        return switch (outcome) {
            case BanOutcome.Done done -> new ControlAnswer.Told(done.sentence());
            case BanOutcome.NotFound nobody -> new Failed(Reason.NOT_FOUND, nobody.sentence());
            case BanOutcome.Refused refused -> new Failed(Reason.REFUSED, refused.sentence());
        };
    }
}

package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.AnyThread;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bans that operators made, in the order in which they did. Changes are made one at a time and block on the file; looking is free of
 * locks, in an index that is replaced as a whole.
 */
@AnyThread
public final class Bans {
    private static final Logger LOG = LoggerFactory.getLogger(Bans.class);
    private static final String FILE = "bans.json";

    private final @Nullable BanFile file;
    private final InstantSource clock;
    private final Map<Who, Ban> bans = new LinkedHashMap<>();
    private final List<BanListener> listeners = new CopyOnWriteArrayList<>();
    private volatile BanIndex index;

    private record Who(BanKind kind, String value) {}

    private Bans(@Nullable BanFile file, List<Ban> known, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        known.forEach(ban -> bans.put(new Who(ban.kind(), ban.value()), ban));
        forgetThoseThatAreOver();
        this.index = new BanIndex(bans.values(), clock);
    }

    /**
     * The bans that are kept in a data directory. Blocks.
     *
     * @throws IOException with a sentence for the operator when it cannot be known who is banned
     */
    public static Bans open(Path data) throws IOException {
        return open(data, InstantSource.system());
    }

    static Bans open(Path data, InstantSource clock) throws IOException {
        BanFile file = new BanFile(data.resolve(FILE));
        try {
            List<Ban> known = file.read();
            String excess = BanRules.tooMany(known).orElse("");
            if (!excess.isEmpty()) {
                throw new IOException(excess);
            }
            return new Bans(file, known, clock);
        } catch (IOException e) {
            throw new IOException(
                    file + " cannot be read (" + e.getMessage()
                            + "), so nobody knows who is banned: correct it, or move it away to begin without bans",
                    e);
        }
    }

    /** Bans that end with the process, for tests and for brokers without a data directory. */
    public static Bans inMemory() {
        return new Bans(null, List.of(), InstantSource.system());
    }

    /** Adds somebody who acts on new bans; to be called while the broker is wired. */
    public void addListener(BanListener listener) {
        listeners.add(listener);
    }

    /** Who is banned now. */
    BanIndex index() {
        return index;
    }

    /** Bans somebody from now on, in place of an earlier ban of the same. Blocks on the disk. */
    BanOutcome add(BanKind kind, String value, String by, String reason, @Nullable Instant until) {
        if (by.length() > BanRules.LONGEST_TEXT || reason.length() > BanRules.LONGEST_TEXT) {
            return new BanOutcome.Refused(
                    "a reason may have " + BanRules.LONGEST_TEXT + " characters, this one has more");
        }
        Instant now = clock.instant();
        if (until != null && !until.isAfter(now)) {
            return new BanOutcome.Refused("the ban would be over already");
        }
        Ban ban;
        try {
            ban = new Ban(kind, BanRules.checked(kind, value), by, reason, now, until);
        } catch (IllegalArgumentException e) {
            return new BanOutcome.Refused(String.valueOf(e.getMessage()));
        }
        BanOutcome outcome = put(ban);
        if (outcome instanceof BanOutcome.Done) {
            BanIndex one = new BanIndex(List.of(ban), clock);
            listeners.forEach(listener -> listener.banned(one::holds));
        }
        return outcome;
    }

    private synchronized BanOutcome put(Ban ban) {
        forgetThoseThatAreOver();
        Who who = new Who(ban.kind(), ban.value());
        Ban before = bans.put(who, ban);
        Optional<String> excess = BanRules.tooMany(bans.values());
        if (excess.isPresent()) {
            if (before == null) {
                bans.remove(who);
            } else {
                bans.put(who, before);
            }
            return new BanOutcome.Refused(excess.get());
        }
        String until = ban.until() == null ? "" : " until " + ban.until();
        return new BanOutcome.Done("banned " + ban.kind().word() + " " + ban.value() + until + changed());
    }

    /** Ends a ban. Blocks on the disk. */
    synchronized BanOutcome remove(BanKind kind, String value) {
        String kept;
        try {
            kept = BanRules.checked(kind, value);
        } catch (IllegalArgumentException e) {
            return new BanOutcome.Refused(String.valueOf(e.getMessage()));
        }
        if (bans.remove(new Who(kind, kept)) == null) {
            return new BanOutcome.NotFound(kind.word() + " " + kept + " is not banned");
        }
        return new BanOutcome.Done(kind.word() + " " + kept + " is no longer banned" + changed());
    }

    /** All that are in force, the oldest first. */
    synchronized List<Ban> list() {
        Instant now = clock.instant();
        return bans.values().stream().filter(ban -> !ban.isOver(now)).toList();
    }

    private void forgetThoseThatAreOver() {
        Instant now = clock.instant();
        bans.values().removeIf(ban -> ban.isOver(now));
    }

    /** Puts what was changed into force and onto the disk; what follows in the sentence for the operator. */
    private String changed() {
        index = new BanIndex(bans.values(), clock);
        if (file == null) {
            return "";
        }
        try {
            file.write(bans.values());
            return "";
        } catch (IOException e) {
            LOG.error("{} cannot be written, so what was just changed lasts until the broker ends", file, e);
            return "; only until the broker ends, because " + file + " cannot be written";
        }
    }
}

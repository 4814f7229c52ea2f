package io.gatehouse.kernel.model;

import io.gatehouse.kernel.model.RefItem.Kind;
import io.gatehouse.kernel.model.RefItem.State;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Judges what clients received by what the model says they are owed. */
final class Examiner {
    private final Reference reference;
    private long now;

    Examiner(Reference reference) {
        this.reference = reference;
    }

    void now(long time) {
        now = time;
    }

    /** A client has received a message. */
    void message(RefSession session, Publish seen) {
        RefItem item = seen.dup() ? again(session, seen) : first(session, seen);
        if (item.qos == Qos.AT_MOST_ONCE) {
            session.items.remove(item);
            return;
        }
        item.state = State.SENT;
        item.counted = true;
        require(
                session.unacknowledged() <= session.receiveMaximum,
                session,
                "more than %d messages unacknowledged".formatted(session.receiveMaximum));
        session.inbox.add(new RefSession.Unanswered(item, false));
    }

    private RefItem again(RefSession session, Publish seen) {
        RefItem next = session.items.stream()
                .filter(item -> item.is(State.SENT) && !item.counted)
                .min(Comparator.comparingInt(item -> item.sentAs))
                .orElseThrow(() -> failure(session, "a repetition of nothing: " + seen));
        require(
                next.looksLike(seen, now) && next.packetId == seen.packetId(),
                session,
                "%s was to be repeated, not %s".formatted(next, seen));
        return next;
    }

    private RefItem first(RefSession session, Publish seen) {
        RefItem item = owed(session, seen);
        require(!session.mustSendAgain() || item.qos == Qos.AT_MOST_ONCE, session, item + " came before repetitions");
        require(!item.message.isExpired(now), session, item + " has expired");
        for (RefItem earlier : session.items.subList(0, session.items.indexOf(item))) {
            require(
                    !(earlier.is(State.QUEUED) && earlier.isInOneOrderWith(item)),
                    session,
                    item + " has overtaken " + earlier);
        }
        require(
                item.qos == Qos.AT_MOST_ONCE
                        ? seen.packetId() == 0
                        : session.items.stream().noneMatch(other -> other.packetId == seen.packetId()),
                session,
                "the packet identifier %d is in use".formatted(seen.packetId()));
        item.packetId = seen.packetId();
        item.sentAs = ++session.sent;
        return item;
    }

    private RefItem owed(RefSession session, Publish seen) {
        RefItem own = session.items.stream()
                .filter(item -> item.is(State.QUEUED) && item.looksLike(seen, now))
                .min(Comparator.comparing(item -> item.optional))
                .orElse(null);
        if (own != null) {
            return own;
        }
        for (RefShared one : reference.shared()) {
            RefItem item = one.taken ? null : sharedItem(session, one, seen);
            if (item != null) {
                one.taken = true;
                session.items.add(item);
                return item;
            }
        }
        throw failure(session, "nobody sent " + seen + " to it");
    }

    private @Nullable RefItem sharedItem(RefSession session, RefShared one, Publish seen) {
        return one.candidates.stream()
                .filter(candidate -> candidate.session() == session)
                .map(RefShared.Candidate::subscription)
                .map(to -> new RefItem(
                        Kind.SHARED, one.message, to.qosOf(one.message), to.retainOf(one.message), to.ids(), null, one))
                .filter(item -> item.looksLike(seen, now))
                .findFirst()
                .orElse(null);
    }

    /** A client has received a PUBREL. */
    void release(RefSession session, int packetId) {
        RefItem item = session.items.stream()
                .filter(one -> one.releaseDue && one.packetId == packetId)
                .findFirst()
                .orElseThrow(() -> failure(session, "a PUBREL of nothing: " + packetId));
        item.releaseDue = false;
        session.inbox.add(new RefSession.Unanswered(item, true));
    }

    /** The broker rests: everything that could be sent must have been. */
    void atRest() {
        for (RefSession session : reference.sessions.values()) {
            if (session.connected) {
                atRest(session);
            }
        }
        for (RefShared one : reference.shared()) {
            boolean due = !one.taken
                    && !one.optional
                    && one.candidates.stream()
                            .allMatch(candidate -> candidate.session().isReady());
            if (due) {
                throw new AssertionError("nobody got " + one);
            }
        }
    }

    private void atRest(RefSession session) {
        session.items.stream().filter(item -> item.releaseDue).findFirst().ifPresent(item -> {
            throw failure(session, "no PUBREL for " + item);
        });
        require(
                !(session.mustSendAgain() && session.isWindowOpen() && !session.stalled),
                session,
                "something was not repeated");
        List<RefItem> queued =
                session.items.stream().filter(item -> item.is(State.QUEUED)).toList();
        RefItem due = queued.stream().filter(item -> !item.optional).findFirst().orElse(null);
        if (session.isReady()) {
            require(due == null, session, "did not get " + due);
            session.items.removeAll(queued);
            session.replays.clear();
        }
    }

    /** Everybody came back and answered everything: nothing may be left. */
    void atTheEnd() {
        for (RefSession session : reference.sessions.values()) {
            require(session.items.isEmpty(), session, "never got " + session.items);
        }
        for (RefShared one : reference.shared()) {
            if (!one.taken && !one.optional) {
                throw new AssertionError("nobody got " + one);
            }
        }
    }

    private static void require(boolean condition, RefSession session, String otherwise) {
        if (!condition) {
            throw failure(session, otherwise);
        }
    }

    private static AssertionError failure(RefSession session, String what) {
        return new AssertionError(Objects.requireNonNull(session).clientId + ": " + what);
    }
}

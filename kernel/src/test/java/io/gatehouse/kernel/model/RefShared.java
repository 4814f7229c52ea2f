package io.gatehouse.kernel.model;

import java.util.ArrayList;
import java.util.List;

/** A message that one member of a shared subscription gets: which one is up to the broker until it has been sent. */
final class RefShared {
    final String filter;
    final RefMessage message;

    /** Who may have it. */
    final List<Candidate> candidates = new ArrayList<>();

    /** It is in one of the sessions of the candidates, or was given up. */
    boolean taken;

    /** Nobody need get it any more. */
    boolean optional;

    RefShared(String filter, RefMessage message) {
        this.filter = filter;
        this.message = message;
    }

    record Candidate(RefSession session, RefSubscription subscription) {}

    /** True when it may be lost with this session. */
    boolean concerns(RefSession session) {
        return !taken && candidates.stream().anyMatch(candidate -> candidate.session() == session);
    }

    @Override
    public String toString() {
        return "shared message %d for %s, one of %s"
                .formatted(
                        message.number(),
                        filter,
                        candidates.stream().map(c -> c.session().clientId).toList());
    }
}

package io.gatehouse.kernel.security;

/** What authorization says about one action. Only {@link #ALLOWED} permits it. */
public enum Permission {
    /** Permitted. */
    ALLOWED,
    /** Refused by a rule, by a source, or because nobody permitted it. */
    DENIED,
    /**
     * Refused, because the call of a source failed. Unlike {@link #DENIED} it says nothing about the next time and is not remembered: a
     * hiccup of a backend must not lock clients out for the life of a cache entry.
     */
    UNAVAILABLE,
    /** Refused, because a source is absent; like {@link #UNAVAILABLE}, but it may be worth waiting for the source. */
    ABSENT,
    /** Not decided: the next source to be asked may block, so a virtual thread has to ask. */
    UNDECIDED;

    /** True when the action is permitted. */
    public boolean isAllowed() {
        return this == ALLOWED;
    }

    /** True when asking again would give the same, as long as no policy and no module changes. */
    public boolean isLasting() {
        return this == ALLOWED || this == DENIED;
    }
}

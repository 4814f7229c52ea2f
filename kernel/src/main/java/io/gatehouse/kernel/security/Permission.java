package io.gatehouse.kernel.security;

/** What authorization says about one action. Only {@link #ALLOWED} permits it. */
public enum Permission {
    /** Permitted. */
    ALLOWED,
    /** Refused by a rule, by a source, or because nobody permitted it. */
    DENIED,
    /**
     * Refused, because a source is absent or its call failed. Unlike {@link #DENIED} it says nothing about the next time and is not
     * remembered: a hiccup of a backend must not lock clients out for the life of a cache entry.
     */
    UNAVAILABLE,
    /** Not decided: the next source to be asked may block, so a virtual thread has to ask. */
    UNDECIDED;

    /** True when the action is permitted. */
    public boolean isAllowed() {
        return this == ALLOWED;
    }
}

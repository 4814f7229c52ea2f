package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.SessionSubscription;

/** Why a member of a shared subscription is offered a message: it was its turn, or somebody else had no room. */
sealed interface Share permits SharedGroup, Detour {
    /** The group that the member belongs to, or did. */
    SharedGroup group();

    /** The way on from a member that had no room. */
    Detour after(SessionSubscription member);

    /** True when nobody else is left to ask. */
    boolean isLast();
}

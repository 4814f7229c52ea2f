package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import java.util.Iterator;

/** The retained messages for one new subscription. */
@OnLane
public interface RetainedMessages {
    /** Looks them up; called once, when it is their turn. */
    Iterator<Publication> find();

    /**
     * False when the topic of one that was found has another retained message by now, or none: what changed that has come to the
     * subscription by itself, and what is older must not follow it.
     */
    boolean isCurrent(Publication found);
}

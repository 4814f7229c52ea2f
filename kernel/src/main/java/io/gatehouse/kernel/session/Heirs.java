package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;

/** Those who share a subscription, and who inherit what a member of them leaves behind when its session ends. */
public interface Heirs {
    /** Brings a message to another member, if there is one. Called on the lane of the session that has ended. */
    @OnLane
    void passOn(Lane lane, Publication publication);
}

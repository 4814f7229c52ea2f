package io.gatehouse.kernel.session;

import io.gatehouse.sdk.mqtt.Message;

/** Hears what a session did with its messages. */
@OnLane
public interface SessionObserver {
    /** The message was written to the client's connection. */
    void delivered(Session session, Message message);

    /** The client will not get the message. */
    void dropped(Session session, Message message, DropReason reason);

    /** The queue has no room, and {@link SessionLimits#overflow()} demands that the client, which is connected, is disconnected. */
    void overflowed(Session session);
}

package io.gatehouse.kernel.store;

import io.gatehouse.sdk.mqtt.Message;

/** The retained messages (MQTT 5.0 section 3.3.1.3). Any thread may call; no call blocks. */
public interface RetainedStore {
    /**
     * Keeps a message as its topic's retained message, or forgets the topic's retained message when the payload is empty.
     * A store that is full keeps nothing more; {@link #hasRoomFor} tells in time.
     *
     * @return false when there was no room
     */
    boolean retain(Publication publication);

    /** True when there is room for this message, or when it only makes room. */
    boolean hasRoomFor(Message message);

    /** Begins a search for the retained messages that the topic filter selects. */
    RetainedSearch search(String filter);

    /** True while this very publication, which a search found, is the retained message of its topic. */
    boolean holds(Publication publication);

    /** The number of retained messages. */
    int size();
}

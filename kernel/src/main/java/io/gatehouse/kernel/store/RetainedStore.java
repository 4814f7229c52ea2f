package io.gatehouse.kernel.store;

import java.util.function.Consumer;

/** The retained messages (MQTT 5.0 section 3.3.1.3). Any thread may call; no call blocks. */
public interface RetainedStore {
    /**
     * Keeps a message as its topic's retained message, or forgets the topic's retained message when the payload is empty.
     * A store that is full keeps no message for a new topic; {@link #hasRoomFor} tells in time.
     */
    void retain(Publication publication);

    /** True when a message for this topic would be kept. */
    boolean hasRoomFor(String topic);

    /** Hands over every retained message that the topic filter selects and that has not expired, in no particular order. */
    void match(String filter, long nowMillis, Consumer<Publication> found);

    /** The number of retained messages. */
    int size();
}

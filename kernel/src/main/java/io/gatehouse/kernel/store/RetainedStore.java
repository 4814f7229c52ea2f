package io.gatehouse.kernel.store;

import io.gatehouse.sdk.mqtt.Message;
import java.util.function.Consumer;

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

    /** Hands over every retained message that the topic filter selects and that has not expired, in no particular order. */
    void match(String filter, long nowMillis, Consumer<Publication> found);

    /** True while this very publication, which {@link #match} found, is the retained message of its topic. */
    boolean holds(Publication publication);

    /** A number that grows with every change of what is retained. */
    long changes();

    /** The number of retained messages. */
    int size();
}

package io.gatehouse.kernel.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** How much of each publisher's messages has come: the other end of the window of a closed loop. Any thread. */
final class Deliveries {
    private final AtomicLongArray arrived;
    private final int copies;

    /**
     * Nothing yet.
     *
     * @param copies how many come of each message
     */
    Deliveries(int publishers, int copies) {
        this.arrived = new AtomicLongArray(publishers);
        this.copies = copies;
    }

    void arrived(int publisher) {
        arrived.getAndIncrement(publisher);
    }

    long arrivals(int publisher) {
        return arrived.get(publisher);
    }

    /** How many messages of the publisher are under way, parts of one counting as one. */
    long underWay(int publisher, long sent) {
        return sent - Math.floorDiv(arrived.get(publisher), copies);
    }

    /** Gives up what is missing of the messages so far. */
    void forgive(int publisher, long sent) {
        arrived.set(publisher, sent * copies);
    }
}

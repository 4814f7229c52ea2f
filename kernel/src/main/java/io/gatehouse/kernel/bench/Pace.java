package io.gatehouse.kernel.bench;

/** When one publisher may send its messages, which are numbered from 0. */
sealed interface Pace {
    /** Whether it is time for this one. */
    boolean permits(long message, long now);

    /** The time that its latency is counted from. */
    long due(long message, long now);

    /** How many there are in all; {@link Long#MAX_VALUE} when that is not known. */
    long limit();

    /**
     * One message at its time, whatever the broker does: an open loop.
     *
     * @param schedule of all publishers
     * @param publisher the first slot that belongs to this one
     * @param publishers how many take turns
     */
    record Open(PacedSchedule schedule, int publisher, int publishers, long limit) implements Pace {
        @Override
        public boolean permits(long message, long now) {
            return message < limit && due(message, now) <= now;
        }

        @Override
        public long due(long message, long now) {
            return schedule.due(message * publishers + publisher);
        }
    }

    /**
     * As soon as there is room: a closed loop.
     *
     * @param end nothing is sent from then on
     */
    record Closed(long limit, long end) implements Pace {
        @Override
        public boolean permits(long message, long now) {
            return message < limit && now < end;
        }

        @Override
        public long due(long message, long now) {
            return now;
        }
    }

    /** No more than has been sent. */
    record Ended(long limit) implements Pace {
        @Override
        public boolean permits(long message, long now) {
            return false;
        }

        @Override
        public long due(long message, long now) {
            return now;
        }
    }

    /** The messages out of so many that fall to one of several publishers who take turns. */
    static long share(long messages, int publisher, int publishers) {
        return messages == Long.MAX_VALUE ? messages : (messages - publisher + publishers - 1) / publishers;
    }
}

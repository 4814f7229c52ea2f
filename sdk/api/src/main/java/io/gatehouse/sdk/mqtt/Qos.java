package io.gatehouse.sdk.mqtt;

/** Quality of service of one delivery (MQTT 5.0 section 4.3). */
public enum Qos {
    /** QoS 0. */
    AT_MOST_ONCE(0),
    /** QoS 1. */
    AT_LEAST_ONCE(1),
    /** QoS 2. */
    EXACTLY_ONCE(2);

    private static final Qos[] BY_LEVEL = values();

    private final int level;

    Qos(int level) {
        this.level = level;
    }

    /**
     * The quality of service with this number.
     *
     * @throws IllegalArgumentException when {@code level} is not 0, 1 or 2
     */
    public static Qos of(int level) {
        if (level < 0 || level > 2) {
            throw new IllegalArgumentException("QoS must be 0, 1 or 2, not " + level);
        }
        return BY_LEVEL[level];
    }

    /** 0, 1 or 2. */
    public int level() {
        return level;
    }

    /** The lower of the two: what a subscriber with this maximum receives of a message published with {@code other}. */
    public Qos min(Qos other) {
        return compareTo(other) <= 0 ? this : other;
    }
}

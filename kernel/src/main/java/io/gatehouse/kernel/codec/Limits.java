package io.gatehouse.kernel.codec;

/** How much of a thing one packet may hold where the specification knows no bound, so that small packets cannot ask for large memory. */
final class Limits {
    /** User properties in one property section, unless {@link DecoderLimits} says otherwise. */
    static final int USER_PROPERTIES = 1_000;

    /** Subscription identifiers in a PUBLISH from the server. */
    static final int SUBSCRIPTION_IDENTIFIERS = 1_000;

    /** Topic filters in a SUBSCRIBE or UNSUBSCRIBE. */
    static final int TOPIC_FILTERS = 10_000;

    private Limits() {}
}

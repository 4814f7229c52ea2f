package io.gatehouse.sdk.mqtt;

/**
 * One topic filter of a SUBSCRIBE with its options (MQTT 5.0 section 3.8.3.1).
 *
 * @param filter the topic filter as sent, with a {@code $share/group/} prefix if it has one
 * @param maximumQos the highest quality of service at which the client wants to receive
 * @param noLocal true when the client does not want its own messages
 * @param retainAsPublished true when the retain flag is forwarded as the publisher set it
 * @param retainHandling when retained messages are sent
 */
public record Subscription(
        String filter, Qos maximumQos, boolean noLocal, boolean retainAsPublished, RetainHandling retainHandling) {

    /** When retained messages are sent. */
    public enum RetainHandling {
        /** At every SUBSCRIBE. */
        SEND(0),
        /** Only when the subscription did not exist before. */
        SEND_IF_NEW(1),
        /** Never. */
        DO_NOT_SEND(2);

        private final int value;

        RetainHandling(int value) {
            this.value = value;
        }

        /** 0, 1 or 2, as in the subscription options. */
        public int value() {
            return value;
        }
    }

    /** A subscription with default options. */
    public static Subscription of(String filter, Qos maximumQos) {
        return new Subscription(filter, maximumQos, false, false, RetainHandling.SEND);
    }

    /** The same subscription for another filter. */
    public Subscription withFilter(String replacement) {
        return new Subscription(replacement, maximumQos, noLocal, retainAsPublished, retainHandling);
    }

    /** The same subscription with another maximum. */
    public Subscription withMaximumQos(Qos replacement) {
        return new Subscription(filter, replacement, noLocal, retainAsPublished, retainHandling);
    }
}

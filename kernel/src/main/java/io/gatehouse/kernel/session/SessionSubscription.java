package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.List;

/**
 * A subscription of one session, compared by identity: subscribing again to the same filter makes a new one (MQTT 5.0 section 3.8.4).
 * Immutable, so any thread may read it.
 */
@AnyThread
public final class SessionSubscription {
    private final Session session;
    private final String asked;
    private final Subscription options;
    private final List<Integer> identifiers;

    /**
     * A subscription.
     *
     * @param asked the filter as the client wrote it
     * @param options what came of it: an interceptor may have changed the filter
     * @param identifier the subscription identifier, 0 for none
     */
    public SessionSubscription(Session session, String asked, Subscription options, int identifier) {
        this.session = session;
        this.asked = asked;
        this.options = options;
        this.identifiers = identifier == 0 ? List.of() : List.of(identifier);
    }

    /** Whose subscription this is. */
    public Session session() {
        return session;
    }

    /** The filter as the client wrote it: its name for the subscription, when it subscribes again or unsubscribes. */
    public String asked() {
        return asked;
    }

    /** The filter in force and its options. */
    public Subscription options() {
        return options;
    }

    /** The quality of service with which this subscription gets a message. */
    public Qos qosOf(Publication publication) {
        return publication.message().qos().min(options.maximumQos());
    }

    /** The subscription identifier, or nothing. */
    public List<Integer> identifiers() {
        return identifiers;
    }
}

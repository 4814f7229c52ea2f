package io.gatehouse.kernel.session;

import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;

/**
 * One message for one session: waiting in its queue, or sent and not yet acknowledged.
 *
 * <pre>
 *   QUEUED --PUBLISH--> SENT --PUBACK (QoS 1)--------------------> gone
 *                       SENT --PUBREC (QoS 2)--> RELEASED --PUBCOMP--> gone
 * </pre>
 */
@OnLane
sealed class Delivery permits SharedDelivery {
    /** Where the delivery is. */
    enum State {
        QUEUED,
        SENT,
        RELEASED
    }

    final Publication publication;
    final Qos qos;
    final boolean retain;
    final List<Integer> subscriptionIds;

    /** 0 until the message is sent for the first time. */
    int packetId;

    /** Tells the order in which messages were first sent. */
    long sequence;

    State state = State.QUEUED;

    /** True when it takes a place in the window of the present connection. */
    boolean counted;

    Delivery(Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds) {
        this.publication = publication;
        this.qos = qos;
        this.retain = retain;
        this.subscriptionIds = subscriptionIds;
    }
}

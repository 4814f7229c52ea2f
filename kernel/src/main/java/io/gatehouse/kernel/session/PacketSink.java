package io.gatehouse.kernel.session;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;

/** Where a session sends: the connection of its client. */
@OnLane
public interface PacketSink {
    /** What became of a PUBLISH. */
    enum Outcome {
        /** Written; it leaves with the next flush. */
        SENT,
        /** Too large for this client, now and later. */
        DROPPED,
        /** Must not reach this client, now or later: an interceptor says so, or it lies outside of the client's mountpoint. */
        REFUSED,
        /** Cannot be written now. The sink asks for it again through {@link Session#pump()}. */
        HELD
    }

    /**
     * Sends a message.
     *
     * @param qos the quality of service of this delivery
     * @param retain the retain flag as this client shall see it
     * @param subscriptionIds the identifiers of the client's subscriptions that selected it
     * @param packetId 1 to 65,535, 0 with QoS 0
     * @param dup true when it was sent before
     */
    Outcome publish(
            Publication publication, Qos qos, boolean retain, List<Integer> subscriptionIds, int packetId, boolean dup);

    /** Sends any other packet. */
    void send(Packet packet);
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;

/** Turns a reason into the packet that tells the client, as far as its version can be told. Nobody else does. */
@OnLane
final class Answers {
    private Answers() {}

    /** Refuses a CONNECT and closes the connection. */
    static void refuse(ClientContext context, ReasonCode reason) {
        context.closeBecause(reason);
        context.link.send(new ConnAck(false, reason, ConnAckProperties.NONE));
        context.link.close();
    }

    /** A packet that the specification does not allow at this point. */
    static void protocolError(ClientContext context) {
        if (context.phase == ClientContext.Phase.AUTHENTICATING) {
            refuse(context, ReasonCode.PROTOCOL_ERROR);
        } else {
            disconnect(context, ReasonCode.PROTOCOL_ERROR);
        }
    }

    /** Ends a connection. Clients of older versions, and those that had no CONNACK yet, are only shown the closed connection. */
    static void disconnect(ClientContext context, ReasonCode reason) {
        context.closeBecause(reason);
        if (context.welcomed && context.phase == ClientContext.Phase.CONNECTED && context.isMqtt5()) {
            context.link.send(new Disconnect(reason));
        }
        context.link.close();
    }

    /** Answers a PUBLISH with QoS 1 or 2; with QoS 0 there is nothing to answer. */
    static void published(ClientContext context, Publish packet, ReasonCode reason) {
        Qos qos = packet.message().qos();
        if (qos == Qos.AT_LEAST_ONCE) {
            context.link.send(new PubAck(packet.packetId(), reason, null, List.of()));
        } else if (qos == Qos.EXACTLY_ONCE) {
            context.link.send(new PubRec(packet.packetId(), reason, null, List.of()));
        }
    }
}

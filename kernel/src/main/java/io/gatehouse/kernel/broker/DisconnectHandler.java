package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.ReasonCode;

/** DISCONNECT from a client (MQTT 5.0 section 3.14). */
@OnLane
final class DisconnectHandler {
    private final Settings settings;

    DisconnectHandler(Settings settings) {
        this.settings = settings;
    }

    void handle(ClientContext context, Disconnect packet) {
        Long expiry = packet.sessionExpirySeconds();
        if (expiry != null) {
            if (expiry > 0 && context.askedForNoExpiry()) {
                // A session that was to end with the connection cannot be prolonged (MQTT 5.0 section 3.14.2.2.2).
                Answers.disconnect(context, ReasonCode.PROTOCOL_ERROR);
                return;
            }
            if (context.life().expirySeconds > 0) { // else the broker gave it no session that outlives the connection
                context.life().expirySeconds =
                        Math.min(expiry, settings.mqtt().maxSessionExpiry().toSeconds());
            }
        }
        if (packet.reason() == ReasonCode.SUCCESS) {
            context.will = null;
        }
        context.closeBecause(packet.reason());
        context.link.close();
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CONNECT (MQTT 5.0 section 3.1): checked, authenticated on a virtual thread, moved to the lane of its client identifier, and given a
 * session there.
 */
@OnLane
final class ConnectHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectHandler.class);

    private final Authentication authentication;
    private final AuthHandler authHandler;
    private final SessionLifecycle lifecycle;
    private final Lanes lanes;
    private final LiveRevocation revocation;
    private final Guard guard;
    private final Counters counters;
    private final EventRelay events;
    private final Settings settings;

    ConnectHandler(
            Authentication authentication,
            AuthHandler authHandler,
            SessionLifecycle lifecycle,
            Lanes lanes,
            LiveRevocation revocation,
            Guard guard,
            Counters counters,
            EventRelay events,
            Settings settings) {
        this.authentication = authentication;
        this.authHandler = authHandler;
        this.lifecycle = lifecycle;
        this.lanes = lanes;
        this.revocation = revocation;
        this.guard = guard;
        this.counters = counters;
        this.events = events;
        this.settings = settings;
    }

    void handle(ClientContext context, Connect packet) {
        context.connect(packet);
        context.link.maximumPacketSize(packet.properties().maximumPacketSize());
        context.phase = ClientContext.Phase.AUTHENTICATING;
        ConnectRequest request = request(context, packet);
        context.client(request.client());
        ReasonCode problem = problem(packet);
        if (problem != null) {
            refuse(context, new AuthOutcome.Refused(problem, "the CONNECT exceeds a limit of the configuration", ""));
        } else if (guard.refusesClaim(context.client())) {
            refuse(context, new AuthOutcome.Refused(ReasonCode.BANNED, "the client is banned", ""));
        } else {
            authenticate(context, request);
        }
    }

    private void authenticate(ClientContext context, ConnectRequest request) {
        context.revocations = revocation.revocations();
        if (context.authenticationMethod() != null) {
            authHandler.begin(context, request, (of, decision) -> decided(of, request, decision));
        } else {
            context.offload(() -> authentication.decide(request), decision -> decided(context, request, decision));
        }
    }

    private ConnectRequest request(ClientContext context, Connect packet) {
        context.clientIdAssigned = packet.clientId().isEmpty();
        Client claimed = new Client(
                context.clientIdAssigned ? "gatehouse-" + UUID.randomUUID() : packet.clientId(),
                packet.username(),
                packet.version(),
                context.link.peer(),
                context.link.listener(),
                context.link.certificates(),
                Map.of(),
                false);
        Will will = packet.will();
        return new ConnectRequest(
                claimed,
                packet.password(),
                packet.cleanStart(),
                lifecycle.sessionExpirySeconds(packet),
                will == null ? null : will.message(),
                packet.properties().userProperties());
    }

    private @Nullable ReasonCode problem(Connect packet) {
        if (packet.clientId().getBytes(StandardCharsets.UTF_8).length
                > settings.mqtt().maxClientIdLength()) {
            return ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
        }
        Will will = packet.will();
        return will != null
                        && will.message().retain()
                        && packet.version() == MqttVersion.V5
                        && !ConnAcks.isRetainAvailable(settings.mqtt())
                ? ReasonCode.RETAIN_NOT_SUPPORTED
                : null;
    }

    private void decided(ClientContext context, ConnectRequest asked, ConnectDecision decision) {
        switch (decision.outcome()) {
            case AuthOutcome.Absent absent ->
                refuse(
                        context,
                        new AuthOutcome.Refused(
                                ReasonCode.SERVER_UNAVAILABLE, "the module is absent", absent.module()));
            case AuthOutcome.Refused refused -> refuse(context, refused);
            case AuthOutcome.Accepted accepted ->
                context.link.moveTo(
                        lanes.of(accepted.client().clientId()), () -> accepted(context, asked, decision, accepted));
        }
    }

    /**
     * A client whose rights are revoked while it is authenticated is not yet among the connected, whom a revocation looks through. So it
     * is authenticated again when there was one; and looked at once more when it has become one of the connected, where it is found
     * from then on.
     */
    private void accepted(
            ClientContext context, ConnectRequest asked, ConnectDecision decision, AuthOutcome.Accepted accepted) {
        if (context.isClosed()) {
            return;
        }
        Mountpoint mountpoint = Mounting.of(context.link.mountpoint(), accepted.client());
        if (mountpoint == null) {
            refuse(
                    context,
                    new AuthOutcome.Refused(
                            ReasonCode.NOT_AUTHORIZED, "its names cannot stand in the listener's mountpoint", ""));
            return;
        }
        context.mountpoint = mountpoint;
        ReasonCode noRoom = lifecycle.noRoomFor(accepted.client());
        if (noRoom != null) {
            refuse(context, new AuthOutcome.Refused(noRoom, "there is no room for one more session", ""));
        } else if (!isOutdated(context)) {
            counters.connectsAccepted.increment();
            lifecycle.open(context, decision.request(), accepted, decision.data());
            if (isOutdated(context)) {
                Answers.disconnect(context, ReasonCode.SERVER_BUSY);
            } else if (guard.refuses(accepted.client())) {
                // Who bans it did not find it among the connected yet. DISCONNECT has no word for a ban.
                Answers.disconnect(context, ReasonCode.ADMINISTRATIVE_ACTION);
            }
        } else if (context.authenticationMethod() == null) {
            authenticate(context, asked);
        } else {
            refuse(context, new AuthOutcome.Refused(ReasonCode.SERVER_BUSY, "rights were revoked meanwhile", ""));
        }
    }

    private boolean isOutdated(ClientContext context) {
        return context.revocations != revocation.revocations();
    }

    private void refuse(ClientContext context, AuthOutcome.Refused refused) {
        counters.connectsRefused.increment();
        // One line at debug: whoever is refused can cause as many as he likes. Listeners and counters tell the rest.
        LOG.debug(
                "Refused {} from {}: {} ({}; {})",
                context.client().clientId(),
                context.link.peer(),
                refused.reason(),
                refused.explanation(),
                refused.module());
        events.refused(context.client(), refused.reason());
        Answers.refuse(context, refused.reason());
    }
}

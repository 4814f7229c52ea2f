package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.broker.Conversation.Turn;
import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.security.EnhancedStart;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** AUTH (MQTT 5.0 section 3.15) and what goes with it: enhanced authentication at CONNECT, and re-authentication later. */
@OnLane
final class AuthHandler {
    private final Authentication authentication;
    private final Plugins plugins;
    private final SessionLifecycle lifecycle;
    private final LiveRevocation revocation;

    AuthHandler(Authentication authentication, Plugins plugins, SessionLifecycle lifecycle, LiveRevocation revocation) {
        this.authentication = authentication;
        this.plugins = plugins;
        this.lifecycle = lifecycle;
        this.revocation = revocation;
    }

    /** Goes on when a conversation has ended, with reading still paused. */
    @FunctionalInterface
    interface Decided {
        void decided(ClientContext context, ConnectDecision decision);
    }

    /** Begins the conversation that a CONNECT asks for. */
    void begin(ClientContext context, ConnectRequest request, Decided then) {
        context.whenDecided = then;
        Payload data = orEmpty(context.connect().properties().authenticationData());
        take(context, () -> begin(request, method(context), data));
    }

    void handle(ClientContext context, Auth packet) {
        boolean sameMethod = Objects.equals(packet.method(), context.authenticationMethod());
        Conversation conversation = context.conversation;
        if (!sameMethod) {
            Answers.protocolError(context);
        } else if (conversation != null && packet.reason() == ReasonCode.CONTINUE_AUTHENTICATION) {
            context.conversation = null;
            take(context, () -> next(conversation, orEmpty(packet.data())));
        } else if (conversation == null
                && context.phase == ClientContext.Phase.CONNECTED
                && packet.method() != null
                && packet.reason() == ReasonCode.REAUTHENTICATE) {
            reauthenticate(context, packet);
        } else {
            Answers.protocolError(context);
        }
    }

    /** Lets go of the module when the connection ends in the middle of a conversation. */
    void closed(ClientContext context) {
        Conversation conversation = context.conversation;
        if (conversation != null) {
            context.conversation = null;
            Thread.ofVirtual().name("auth").start(conversation::end);
        }
    }

    private void reauthenticate(ClientContext context, Auth packet) {
        context.whenDecided = this::reauthenticated;
        context.revocations = revocation.revocations();
        ConnectRequest request = new ConnectRequest(
                context.client(), null, false, context.life().expirySeconds, null, packet.userProperties());
        take(context, () -> begin(request, method(context), orEmpty(packet.data())));
    }

    /** What was decided while rights were revoked may be outdated, and the client was judged then as who it was before. */
    private void reauthenticated(ClientContext context, ConnectDecision decision) {
        if (context.revocations != revocation.revocations()) {
            Answers.disconnect(context, ReasonCode.SERVER_BUSY);
            return;
        }
        switch (decision.outcome()) {
            case AuthOutcome.Accepted accepted
            when isSame(context, accepted.client()) -> {
                lifecycle.apply(context, accepted);
                context.link.send(new Auth(ReasonCode.SUCCESS, method(context), decision.data(), null, List.of()));
                context.link.resumeReading();
            }
            case AuthOutcome.Accepted _ -> Answers.disconnect(context, ReasonCode.NOT_AUTHORIZED);
            // DISCONNECT knows fewer reasons than CONNACK (MQTT 5.0 section 3.14.2.1).
            case AuthOutcome.Refused _ -> Answers.disconnect(context, ReasonCode.NOT_AUTHORIZED);
            case AuthOutcome.Absent _ -> Answers.disconnect(context, ReasonCode.SERVER_BUSY);
        }
    }

    /** Nobody becomes another client, or gets to another part of the tree of topics, while it is connected. */
    private static boolean isSame(ClientContext context, Client accepted) {
        return accepted.clientId().equals(context.client().clientId())
                && context.mountpoint.equals(Mounting.of(context.link.mountpoint(), accepted));
    }

    /** Lets the module take its turn; if the client has gone meanwhile, the module is let go. */
    private void take(ClientContext context, Callable<Turn> turn) {
        context.offload(turn, taken -> proceed(context, taken), taken -> {
            if (taken instanceof Turn.Ask ask) {
                Thread.ofVirtual().name("auth").start(ask.conversation()::end);
            }
        });
    }

    private void proceed(ClientContext context, Turn turn) {
        switch (turn) {
            case Turn.Ask ask -> {
                context.conversation = ask.conversation();
                context.link.send(
                        new Auth(ReasonCode.CONTINUE_AUTHENTICATION, method(context), ask.data(), null, List.of()));
                context.link.resumeReading();
            }
            case Turn.Decided decided ->
                Objects.requireNonNull(context.whenDecided).decided(context, decided.decision());
        }
    }

    private Turn begin(ConnectRequest request, String method, Payload data) throws InterruptedException {
        return authentication.whileAbsent(
                turn -> turn instanceof Turn.Decided decided
                        && decided.decision().outcome() instanceof AuthOutcome.Absent,
                () -> start(request, method, data));
    }

    /** Takes a lease and keeps it for as long as the conversation lasts. */
    private Turn start(ConnectRequest request, String method, Payload data) throws InterruptedException {
        PluginLease lease = plugins.lease();
        Conversation conversation = null;
        try {
            Beginning beginning = authentication.intercepted(
                    lease.snapshot(),
                    request,
                    intercepted -> new Beginning(
                            intercepted, lease.snapshot().authentication().beginEnhanced(intercepted, method)),
                    outcome -> new Beginning(request, new EnhancedStart.NotStarted(outcome)));
            switch (beginning.start()) {
                case EnhancedStart.NotStarted not -> {
                    return new Turn.Decided(new ConnectDecision(request, not.outcome()));
                }
                case EnhancedStart.Started started ->
                    conversation = new Conversation(beginning.request(), started.conversation(), lease);
            }
        } finally {
            if (conversation == null) {
                lease.close();
            }
        }
        return next(conversation, data);
    }

    /** The module's turn; of an accepted client, also whether it is banned and may leave its will. */
    private Turn next(Conversation conversation, Payload data) throws InterruptedException {
        return switch (conversation.next(data)) {
            case Turn.Ask ask -> ask;
            case Turn.Decided decided -> new Turn.Decided(authentication.admitted(decided.decision()));
        };
    }

    /** How a conversation about a request, as the interceptors left it, began. */
    private record Beginning(ConnectRequest request, EnhancedStart start) {}

    private static String method(ClientContext context) {
        return Objects.requireNonNull(context.authenticationMethod());
    }

    private static Payload orEmpty(@Nullable Payload data) {
        return data == null ? Payload.EMPTY : data;
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.security.DecisionCache;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The life of sessions (MQTT 5.0 section 4.1): begun, resumed, taken over, left alone and ended. Everything happens on the lane of the
 * client identifier, so that two connections of one client cannot interleave.
 */
@OnLane
final class SessionLifecycle {
    /** Older clients are not told how many QoS 2 messages they may have on their way, so it is as many as there are identifiers. */
    private static final int ANY_NUMBER = 65_535;

    private final SessionRegistry registry;
    private final Subscriptions subscriptions;
    private final Wills wills;
    private final SubscribeHandler subscribes;
    private final LiveClients clients;
    private final Plugins plugins;
    private final Durability durability;
    private final Counters counters;
    private final EventRelay events;
    private final Guard guard;
    private final Settings settings;

    SessionLifecycle(
            SessionRegistry registry,
            Subscriptions subscriptions,
            Wills wills,
            SubscribeHandler subscribes,
            LiveClients clients,
            Plugins plugins,
            Durability durability,
            Counters counters,
            EventRelay events,
            Guard guard,
            Settings settings) {
        this.registry = registry;
        this.subscriptions = subscriptions;
        this.wills = wills;
        this.subscribes = subscribes;
        this.clients = clients;
        this.plugins = plugins;
        this.durability = durability;
        this.counters = counters;
        this.events = events;
        this.guard = guard;
        this.settings = settings;
    }

    /** How long the session of this CONNECT outlives its connection, in seconds. */
    long sessionExpirySeconds(Connect connect) {
        MqttConfig mqtt = settings.mqtt();
        long asked = connect.properties().sessionExpirySeconds();
        if (connect.version() != MqttVersion.V5) {
            asked = connect.cleanStart() ? 0 : mqtt.sessionExpiry().toSeconds();
        }
        return Math.min(asked, mqtt.maxSessionExpiry().toSeconds());
    }

    /** Why there can be no session for this client, null when there can. */
    @Nullable
    ReasonCode noRoomFor(Client client) {
        return registry.refusal(client.clientId());
    }

    /**
     * Gives an accepted client its session and sends CONNACK.
     *
     * @param request the CONNECT as the interceptors left it
     */
    void open(
            ClientContext context, ConnectRequest request, AuthOutcome.Accepted accepted, Payload authenticationData) {
        MqttConfig mqtt = settings.mqtt();
        Client client = accepted.client();
        SessionLife existing = registry.find(client.clientId());
        if (existing != null) {
            takeOver(existing, client);
            if (request.cleanStart() || existing.session().isEnded() || !isOwner(context, client, existing)) {
                end(existing);
                existing = null;
            }
        }
        SessionLife life =
                existing == null ? registry.create(client, context.mountpoint, context.link.lane()) : existing;
        life.session().limits(registry.limits()); // the configuration may be another one than when the session began
        life.cancelTimers();
        life.delayedWill = null;
        attach(context, life, request, accepted, mqtt);
        boolean present = existing != null;
        durability.whenDurable(() -> {
            if (!context.isClosed()) {
                begin(context, ConnAcks.accepted(context, present, authenticationData, mqtt));
            }
        });
    }

    private void begin(ClientContext context, ConnAck answer) {
        context.welcomed = true;
        context.link.send(answer);
        events.connected(context.client(), answer.sessionPresent());
        context.session()
                .attach(context.deliveries(), context.connect().properties().receiveMaximum());
        context.forgetConnect();
        context.session().pump();
        if (subscribes.give(context)) {
            context.link.resumeReading();
        }
    }

    /**
     * A session belongs to the user who began it: nobody else gets its messages by using the same client identifier. Nor does it leave its
     * part of the tree of topics.
     */
    private static boolean isOwner(ClientContext context, Client client, SessionLife life) {
        return Objects.equals(client.username(), life.client.username())
                && context.mountpoint.equals(life.mountpoint());
    }

    /** What an acceptance says about a connection, at CONNECT and at each re-authentication. */
    void apply(ClientContext context, AuthOutcome.Accepted accepted) {
        SessionLife life = context.life();
        boolean sameRights = sameRights(life.client, accepted.client())
                && life.acl.equals(accepted.accept().acl());
        context.client(accepted.client());
        life.client = accepted.client();
        context.acl = accepted.accept().acl();
        life.acl = context.acl;
        if (!sameRights) {
            clients.judgeAgain(life);
        }
        context.decisions = new DecisionCache(
                settings.authorization().cacheSize(),
                settings.authorization().cacheTime().toMillis());
        if (context.expiry != null) {
            context.expiry.cancel();
            context.expiry = null;
        }
        Instant expiresAt = accepted.accept().expiresAt();
        if (expiresAt != null) {
            context.expiry = context.link
                    .lane()
                    .schedule(
                            Duration.between(Instant.now(), expiresAt),
                            () -> Answers.disconnect(context, ReasonCode.NOT_AUTHORIZED));
        }
    }

    private static boolean sameRights(Client before, Client after) {
        return before.superuser() == after.superuser()
                && Objects.equals(before.username(), after.username())
                && before.attributes().equals(after.attributes());
    }

    /** The connection has closed; called once for each that was given a session. */
    void closed(ClientContext context) {
        counters.connections.decrement();
        if (context.welcomed) {
            events.disconnected(context.client(), context.closing());
        }
        if (context.expiry != null) {
            context.expiry.cancel();
        }
        leave(context.life(), context);
    }

    private void attach(
            ClientContext context,
            SessionLife life,
            ConnectRequest request,
            AuthOutcome.Accepted accepted,
            MqttConfig mqtt) {
        Connect connect = context.connect();
        context.life = life;
        context.phase = ClientContext.Phase.CONNECTED;
        context.will = will(connect, request);
        context.aliases = context.isMqtt5()
                ? new TopicAliases(
                        mqtt.topicAliasMaximum(), settings.config().bounds().maxTopicAliasSize())
                : TopicAliases.NONE;
        context.receiveMaximum = receiveMaximum(context, life.session(), mqtt);
        context.retainAvailable = !context.isMqtt5() || ConnAcks.isRetainAvailable(mqtt);
        context.deliveries = new DeliveryGate(context, plugins);
        life.context = context;
        life.since = System.currentTimeMillis();
        life.expirySeconds =
                Math.min(request.sessionExpirySeconds(), mqtt.maxSessionExpiry().toSeconds());
        apply(context, accepted);
        context.link.connected(connect.version(), ConnAcks.keepAliveSeconds(connect, mqtt));
        counters.connections.increment();
    }

    /** What waits for its PUBREL since an earlier connection takes nothing from the quota of this one (MQTT 5.0 section 4.9). */
    private static int receiveMaximum(ClientContext context, Session session, MqttConfig mqtt) {
        return context.isMqtt5() ? mqtt.receiveMaximum() + session.awaitingRelease() : ANY_NUMBER;
    }

    /** The will as the interceptors left it; how long it waits is up to the client. */
    private static @Nullable Will will(Connect connect, ConnectRequest request) {
        Message message = request.will();
        Will asked = connect.will();
        return message == null ? null : new Will(message, asked == null ? 0 : asked.delaySeconds());
    }

    /**
     * The old connection is over at once, however long its closing takes: nothing it still waits for may touch the session, and listeners
     * hear of its end before the new beginning.
     */
    private void takeOver(SessionLife life, Client by) {
        ClientContext old = life.context;
        if (old != null) {
            Answers.disconnect(old, ReasonCode.SESSION_TAKEN_OVER);
            guard.takenOver(old.client(), by);
            old.phase = ClientContext.Phase.CLOSED;
            closed(old);
        }
    }

    /** The session is without a connection from now on: its will and its expiry begin to run. */
    private void leave(SessionLife life, ClientContext context) {
        life.context = null;
        life.since = System.currentTimeMillis();
        Will will = context.will;
        if (will != null) {
            wills.leave(life, will, context.acl);
        }
        if (life.expirySeconds == 0) {
            end(life);
            return;
        }
        life.session().detach();
        if (life.expirySeconds < ConnectProperties.NEVER_EXPIRES) {
            life.expiry = life.session().lane().schedule(Duration.ofSeconds(life.expirySeconds), () -> end(life));
        }
    }

    private void end(SessionLife life) {
        if (registry.find(life.session().clientId()) != life) {
            return;
        }
        life.cancelTimers();
        life.cancelJudgement();
        wills.sessionEnded(life);
        List<SessionSubscription> ended =
                List.copyOf(life.session().subscriptions().values());
        subscriptions.removeAll(life.session());
        registry.remove(life);
        life.session().end(); // after it has left the router: who finds it ended looks for another
        ended.forEach(subscription -> events.unsubscribed(life.client, subscription.asked()));
    }
}

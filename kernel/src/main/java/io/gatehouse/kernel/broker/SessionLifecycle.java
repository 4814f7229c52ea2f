package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.security.DecisionCache;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.time.Instant;

/**
 * The life of sessions (MQTT 5.0 section 4.1): begun, resumed, taken over, left alone and ended. Everything happens on the lane of the
 * client identifier, so that two connections of one client cannot interleave.
 */
@OnLane
final class SessionLifecycle {
    private final SessionRegistry registry;
    private final Subscriptions subscriptions;
    private final Wills wills;
    private final Plugins plugins;
    private final Durability durability;
    private final Counters counters;
    private final EventRelay events;
    private final Settings settings;

    SessionLifecycle(
            SessionRegistry registry,
            Subscriptions subscriptions,
            Wills wills,
            Plugins plugins,
            Durability durability,
            Counters counters,
            EventRelay events,
            Settings settings) {
        this.registry = registry;
        this.subscriptions = subscriptions;
        this.wills = wills;
        this.plugins = plugins;
        this.durability = durability;
        this.counters = counters;
        this.events = events;
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

    /** Gives an accepted client its session and sends CONNACK. */
    void open(ClientContext context, AuthOutcome.Accepted accepted, Payload authenticationData) {
        Client client = accepted.client();
        SessionLife existing = registry.find(client.clientId());
        if (existing != null) {
            takeOver(existing);
            if (context.connect().cleanStart() || registry.find(client.clientId()) == null) {
                end(existing);
                existing = null;
            }
        }
        SessionLife life = existing == null ? registry.create(client, context.link.lane()) : existing;
        life.cancelTimers();
        life.delayedWill = null;
        attach(context, life, accepted);
        boolean present = existing != null;
        durability.whenDurable(() -> {
            context.link.send(ConnAcks.accepted(context, present, authenticationData, settings.mqtt()));
            life.session()
                    .attach(context.deliveries(), context.connect().properties().receiveMaximum());
            life.session().pump();
            context.link.resumeReading();
        });
        events.connected(client, present);
    }

    /** What an acceptance says about a connection, at CONNECT and at each re-authentication. */
    void apply(ClientContext context, AuthOutcome.Accepted accepted) {
        context.client(accepted.client());
        context.life().client = accepted.client();
        context.acl = accepted.accept().acl();
        context.life().acl = context.acl;
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

    /** The connection has closed. */
    void closed(ClientContext context) {
        counters.connections.decrement();
        events.disconnected(context.client(), context.closing);
        if (context.expiry != null) {
            context.expiry.cancel();
        }
        SessionLife life = context.life();
        if (life.context == context) {
            leave(life, context);
        }
    }

    private void attach(ClientContext context, SessionLife life, AuthOutcome.Accepted accepted) {
        Connect connect = context.connect();
        context.life = life;
        context.phase = ClientContext.Phase.CONNECTED;
        context.will = connect.will();
        context.aliases = new TopicAliases(settings.mqtt().topicAliasMaximum());
        context.deliveries = new DeliveryGate(context, plugins);
        life.context = context;
        life.since = Instant.now();
        life.expirySeconds = sessionExpirySeconds(connect);
        apply(context, accepted);
        context.link.connected(
                connect.version(),
                connect.properties().maximumPacketSize(),
                ConnAcks.keepAliveSeconds(connect, settings.mqtt()));
        counters.connections.increment();
    }

    private void takeOver(SessionLife life) {
        ClientContext old = life.context;
        if (old != null) {
            Answers.disconnect(old, ReasonCode.SESSION_TAKEN_OVER);
            leave(life, old);
        }
    }

    /** The session is without a connection from now on: its will and its expiry begin to run. */
    private void leave(SessionLife life, ClientContext context) {
        life.context = null;
        life.since = Instant.now();
        life.session().detach();
        Will will = context.will;
        if (will != null) {
            wills.leave(life, will, context.acl);
        }
        if (life.expirySeconds == 0) {
            end(life);
        } else if (life.expirySeconds < ConnectProperties.NEVER_EXPIRES) {
            life.expiry = life.session().lane().schedule(Duration.ofSeconds(life.expirySeconds), () -> end(life));
        }
    }

    private void end(SessionLife life) {
        if (registry.find(life.session().clientId()) != life) {
            return;
        }
        life.cancelTimers();
        wills.sessionEnded(life);
        subscriptions.removeAll(life.session());
        registry.remove(life);
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.guard.Meter;
import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;

/** Brings what happens on a connection to the handler for it. The transport calls it, on the connection's lane. */
@OnLane
public final class PacketDispatcher {
    private static final PingResp PING_RESP = new PingResp();

    private final ConnectHandler connects;
    private final AuthHandler auths;
    private final PublishHandler publishes;
    private final SubscribeHandler subscribes;
    private final UnsubscribeHandler unsubscribes;
    private final DisconnectHandler disconnects;
    private final SessionLifecycle lifecycle;
    private final Guard guard;
    private final SlowConsumers slowConsumers;
    private final BoundCounters counters;

    PacketDispatcher(
            ConnectHandler connects,
            AuthHandler auths,
            PublishHandler publishes,
            SubscribeHandler subscribes,
            UnsubscribeHandler unsubscribes,
            DisconnectHandler disconnects,
            SessionLifecycle lifecycle,
            SlowConsumers slowConsumers,
            BoundCounters counters,
            Guard guard) {
        this.connects = connects;
        this.auths = auths;
        this.publishes = publishes;
        this.subscribes = subscribes;
        this.unsubscribes = unsubscribes;
        this.disconnects = disconnects;
        this.lifecycle = lifecycle;
        this.slowConsumers = slowConsumers;
        this.counters = counters;
        this.guard = guard;
    }

    /** Who decides, before anything is read, whether a connection may stay, and measures what comes over it. */
    public Guard guard() {
        return guard;
    }

    /** A connection is closed because it did not begin with a PROXY header as its listener demands, from one who may send it. */
    @AnyThread
    public void proxyHeaderRefused() {
        counters.proxyHeadersRefused.increment();
    }

    /** A connection has been opened. */
    public ClientContext opened(ClientLink link) {
        return new ClientContext(link);
    }

    /** A packet has arrived. */
    public void packet(ClientContext context, Packet packet) {
        switch (context.phase) {
            case CONNECTED -> connected(context, packet);
            case AWAITING_CONNECT -> {
                if (packet instanceof Connect connect) {
                    connects.handle(context, connect);
                } else {
                    context.link.close(); // nothing but CONNECT may come first (MQTT 5.0 section 3.1)
                }
            }
            case AUTHENTICATING -> {
                switch (packet) {
                    case Auth auth -> auths.handle(context, auth);
                    case Disconnect _ -> context.link.close();
                    default -> Answers.protocolError(context);
                }
            }
            case CLOSED -> {}
        }
    }

    /**
     * A packet has arrived on a connection whose rates are limited.
     *
     * @param size of the packet in bytes
     * @return for how many nanoseconds nothing more should be read
     */
    public long packet(ClientContext context, Packet packet, Meter meter, int size) {
        boolean message = packet instanceof Publish && context.phase == ClientContext.Phase.CONNECTED;
        if (meter.admits(context.link.lane().index(), message, size)) {
            packet(context, packet);
        } else {
            publishes.refuseForRate(context, (Publish) packet);
        }
        return meter.pause();
    }

    /**
     * Something has arrived that is no packet.
     *
     * @param version what the client speaks; 3.1.1 as long as no CONNECT has told
     */
    public void malformed(ClientContext context, MqttVersion version, ReasonCode reason) {
        switch (context.phase) {
            case CONNECTED -> Answers.disconnect(context, reason);
            case AWAITING_CONNECT, AUTHENTICATING -> {
                if (tellsClient(version, reason)) {
                    Answers.refuse(context, reason);
                } else {
                    context.link.close();
                }
            }
            case CLOSED -> {}
        }
    }

    /** The client sent nothing for one and a half times the keep alive (MQTT 5.0 section 3.1.2.10). */
    public void keepAliveExpired(ClientContext context) {
        Answers.disconnect(context, ReasonCode.KEEP_ALIVE_TIMEOUT);
    }

    /** How long a client may take nothing of what waits for it; zero for ever. */
    public Duration slowConsumerTimeout() {
        return slowConsumers.timeout();
    }

    /** The client has taken nothing for {@link #slowConsumerTimeout()}. */
    public void readsNothing(ClientContext context) {
        slowConsumers.disconnect(context);
    }

    /** The broker stops. */
    public void shuttingDown(ClientContext context) {
        Answers.disconnect(context, ReasonCode.SERVER_SHUTTING_DOWN);
    }

    /** What was written has left, and more may be. */
    public void writable(ClientContext context) {
        if (context.phase == ClientContext.Phase.CONNECTED) {
            context.session().pump();
        }
    }

    /** The connection is closed; nothing comes after this. */
    public void closed(ClientContext context) {
        ClientContext.Phase before = context.phase;
        context.phase = ClientContext.Phase.CLOSED;
        auths.closed(context);
        if (before == ClientContext.Phase.CONNECTED) {
            lifecycle.closed(context);
            guard.left(context.client(), context.closing());
        } else if (before != ClientContext.Phase.CLOSED) {
            guard.left(context.link.peer().getAddress(), context.closing());
        }
    }

    /** What comes by the million has its own short way, so that what else comes does not have it compiled anew. */
    private void connected(ClientContext context, Packet packet) {
        if (packet instanceof Publish publish) {
            publishes.handle(context, publish);
        } else if (packet instanceof PubAck ack) {
            context.session().acknowledged(ack.packetId());
        } else {
            connectedOtherwise(context, packet);
        }
    }

    private void connectedOtherwise(ClientContext context, Packet packet) {
        switch (packet) {
            case PubRec rec -> context.session().received(rec.packetId(), rec.reason());
            case PubRel rel -> context.session().release(rel.packetId());
            case PubComp comp -> context.session().completed(comp.packetId());
            case Subscribe subscribe -> subscribes.handle(context, subscribe);
            case Unsubscribe unsubscribe -> unsubscribes.handle(context, unsubscribe);
            case PingReq _ -> context.link.send(PING_RESP);
            case Disconnect disconnect -> disconnects.handle(context, disconnect);
            case Auth auth -> auths.handle(context, auth);
            case Publish _, PubAck _, Connect _, ConnAck _, SubAck _, UnsubAck _, PingResp _ ->
                Answers.disconnect(context, ReasonCode.PROTOCOL_ERROR);
        }
    }

    /**
     * Who does not even speak MQTT is not answered, nor is an older client ([MQTT-3.1.4-1] of 3.1.1); but a client of an unknown version
     * or with a bad identifier is told, and one of MQTT 5.0 whatever it is.
     */
    private static boolean tellsClient(MqttVersion version, ReasonCode reason) {
        return version == MqttVersion.V5
                || reason == ReasonCode.UNSUPPORTED_PROTOCOL_VERSION
                || reason == ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
    }
}

package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.config.IpLiterals;
import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.transport.proxy.ProxyHeaderHandler;
import io.gatehouse.kernel.transport.websocket.FrameHandler;
import io.gatehouse.kernel.transport.websocket.HandshakeHandler;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one accepted connection to its first MQTT packet, in this order:
 *
 * <pre>
 *   PROXY header (from a trusted proxy, else closed) ─► access rules ─► WebSocket handshake ─► Connection
 * </pre>
 *
 * <p>What a listener does not have costs nothing: without PROXY protocol and WebSocket, the connection is the only handler from the
 * beginning. All of it happens within the time that a client has for its CONNECT. Used by the channel's event loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
final class Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** What a WebSocket message may carry beyond the largest packet: clients put several packets into one. */
    private static final int ROOM_FOR_MORE = 64 * 1024;

    private final Channel channel;
    private final InetSocketAddress sender;
    private final boolean proxy;
    private final ListenerConfig config;
    private final MqttConfig mqtt;
    private final DecoderBounds bounds;
    private final EventLoops loops;
    private final PacketDispatcher dispatcher;
    private final long since = System.nanoTime();

    /** @param remote the other end of the TCP connection */
    Entrance(
            Channel channel,
            InetSocketAddress remote,
            ListenerConfig config,
            MqttConfig mqtt,
            DecoderBounds bounds,
            EventLoops loops,
            PacketDispatcher dispatcher) {
        this.channel = channel;
        this.sender = plain(remote);
        this.proxy = config.proxy().trusts(sender.getAddress());
        this.config = config;
        this.mqtt = mqtt;
        this.bounds = bounds;
        this.loops = loops;
        this.dispatcher = dispatcher;
    }

    private static InetSocketAddress plain(InetSocketAddress remote) {
        InetAddress plain = IpLiterals.plain(remote.getAddress());
        return plain.equals(remote.getAddress()) ? remote : new InetSocketAddress(plain, remote.getPort());
    }

    /**
     * Whether the connection may stay for now; asked once. Where it is known already who connects, that is looked at first: whoever is kept
     * away takes nothing from what all may have together.
     *
     * @param present how many connections all listeners have without this one
     */
    boolean isOpen(int present) {
        boolean protocol = config.proxy().protocol();
        if (protocol && !proxy) {
            LOG.debug("{}: {} is no trusted proxy, so the connection is closed", config.name(), sender);
            dispatcher.proxyHeaderRefused();
            return false;
        }
        return (protocol || !isNamed(proxy) || mayConnect(sender))
                && dispatcher.guard().admits(config.name(), present);
    }

    /** Begins to read what {@link #isOpen} permits. */
    void enter() {
        if (config.proxy().protocol()) {
            channel.pipeline()
                    .addLast(new ProxyHeaderHandler(
                            config.proxy().timeout(), this::proxied, dispatcher::proxyHeaderRefused));
        } else {
            go(sender, proxy);
        }
    }

    /** A proxy that does not say whom it speaks for with PROXY is not asked again in HTTP. */
    private void proxied(Optional<InetSocketAddress> source) {
        InetSocketAddress peer = source.orElse(sender);
        boolean another = source.isPresent() && config.proxy().trusts(peer.getAddress());
        if (isNamed(another) && !mayConnect(peer)) {
            channel.close();
        } else {
            go(peer, another);
        }
    }

    /** False when a WebSocket handshake may still name somebody else; the rules wait for it then. */
    private boolean isNamed(boolean byProxy) {
        return config.kind() == ListenerKind.TCP || !byProxy;
    }

    private boolean mayConnect(InetSocketAddress peer) {
        boolean may = config.accessRules().permit(peer.getAddress()) && isAdmitted(peer);
        if (!may) {
            LOG.debug("{}: {} may not connect, so the connection is closed", config.name(), peer);
        }
        return may;
    }

    private void go(InetSocketAddress peer, boolean byProxy) {
        switch (config.kind()) {
            case TCP -> mqtt(peer);
            case WS ->
                HandshakeHandler.addTo(
                        channel.pipeline(),
                        config,
                        peer,
                        byProxy,
                        timeLeft(),
                        named -> webSocket(named, isNamed(byProxy)));
        }
    }

    /** False for an address that is banned or connects too fast; asked once for each connection, because that counts. */
    private boolean isAdmitted(InetSocketAddress peer) {
        return dispatcher.guard().admits(peer.getAddress());
    }

    /** @param admitted whether it was asked already; else the handshake has just said whom to ask about */
    private void webSocket(InetSocketAddress peer, boolean admitted) {
        if (!admitted && !isAdmitted(peer)) {
            LOG.debug("{}: {} may not connect, so the connection is closed", config.name(), peer);
            channel.close();
            return;
        }
        channel.pipeline().addLast(new FrameHandler(Math.addExact(mqtt.maxPacketSize(), ROOM_FOR_MORE)));
        mqtt(peer);
    }

    private void mqtt(InetSocketAddress peer) {
        if (!channel.isActive()) {
            return; // it has gone meanwhile, and nobody would tell the connection
        }
        Connection connection = new Connection(
                channel,
                peer,
                config.name(),
                config.mountpoint(),
                bounds.current(),
                loops.laneOf(channel.eventLoop()),
                dispatcher);
        channel.pipeline().addLast(connection);
        connection.expectConnectWithin(timeLeft());
    }

    private Duration timeLeft() {
        Duration left = mqtt.connectTimeout().minusNanos(System.nanoTime() - since);
        return left.compareTo(SHORTEST) > 0 ? left : SHORTEST;
    }
}

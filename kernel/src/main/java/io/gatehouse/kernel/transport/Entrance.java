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
    private final ListenerConfig config;
    private final MqttConfig mqtt;
    private final DecoderBounds bounds;
    private final EventLoops loops;
    private final PacketDispatcher dispatcher;
    private final long since = System.nanoTime();

    Entrance(
            Channel channel,
            ListenerConfig config,
            MqttConfig mqtt,
            DecoderBounds bounds,
            EventLoops loops,
            PacketDispatcher dispatcher) {
        this.channel = channel;
        this.config = config;
        this.mqtt = mqtt;
        this.bounds = bounds;
        this.loops = loops;
        this.dispatcher = dispatcher;
    }

    /** @param remote the other end of the TCP connection */
    void enter(InetSocketAddress remote) {
        InetAddress plain = IpLiterals.plain(remote.getAddress());
        InetSocketAddress sender =
                plain.equals(remote.getAddress()) ? remote : new InetSocketAddress(plain, remote.getPort());
        boolean proxy = config.proxy().trusts(sender.getAddress());
        if (!config.proxy().protocol()) {
            go(sender, proxy);
        } else if (proxy) {
            Duration timeout = config.proxy().timeout();
            channel.pipeline().addLast(new ProxyHeaderHandler(timeout, source -> proxied(sender, source)));
        } else {
            LOG.debug("{}: {} is no trusted proxy, so the connection is closed", config.name(), sender);
            channel.close();
        }
    }

    /** A proxy that does not say whom it speaks for with PROXY is not asked again in HTTP. */
    private void proxied(InetSocketAddress proxy, Optional<InetSocketAddress> source) {
        InetSocketAddress peer = source.orElse(proxy);
        go(peer, source.isPresent() && config.proxy().trusts(peer.getAddress()));
    }

    /** @param proxy whether a WebSocket handshake may name somebody else; the rules wait for it then */
    private void go(InetSocketAddress peer, boolean proxy) {
        boolean known = config.kind() == ListenerKind.TCP || !proxy;
        if (known && !(config.accessRules().permit(peer.getAddress()) && isAdmitted(peer))) {
            LOG.debug("{}: {} may not connect, so the connection is closed", config.name(), peer);
            channel.close();
            return;
        }
        switch (config.kind()) {
            case TCP -> mqtt(peer);
            case WS ->
                HandshakeHandler.addTo(
                        channel.pipeline(), config, peer, proxy, timeLeft(), named -> webSocket(named, known));
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

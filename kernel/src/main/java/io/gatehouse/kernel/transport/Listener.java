package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.transport.websocket.FrameHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open server socket and the connections that came through it. */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 4_096;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 * 1024, 1024 * 1024);

    private final Channel server;
    private final ChannelGroup connections;
    private final AtomicReference<ListenerConfig> config;

    private Listener(Channel server, ChannelGroup connections, AtomicReference<ListenerConfig> config) {
        this.server = server;
        this.connections = connections;
        this.config = config;
    }

    /** @param present how many connections all listeners have */
    static Listener open(
            ListenerConfig config,
            EventLoops loops,
            PacketDispatcher dispatcher,
            Settings settings,
            IntSupplier present)
            throws ListenFailure {
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        AtomicReference<ListenerConfig> live = new AtomicReference<>(config);
        InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
        if (address.isUnresolved()) {
            throw new ListenFailure(
                    "listeners.%s.bind: nobody knows a host named %s: write an address of this machine"
                            .formatted(config.name(), config.host()),
                    new UnknownHostException(config.host()));
        }
        DecoderBounds bounds = new DecoderBounds(settings);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops.group())
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new ReadSizes())
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, live.get(), connections, loops, dispatcher, settings, bounds, present);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            throw new ListenFailure(sentence(config, failure), failure);
        }
        return new Listener(bound.channel(), connections, live);
    }

    private static void accept(
            Channel channel,
            ListenerConfig config,
            ChannelGroup connections,
            EventLoops loops,
            PacketDispatcher dispatcher,
            Settings settings,
            DecoderBounds bounds,
            IntSupplier present) {
        if (connections.size() >= config.maxConnections()) {
            LOG.debug("{} is full: {} connections", config.name(), config.maxConnections());
            channel.close();
            return;
        }
        if (!(channel.remoteAddress() instanceof InetSocketAddress peer)) {
            channel.close(); // it is gone already
            return;
        }
        Entrance entrance =
                new Entrance(channel, peer, config, settings.config().mqtt(), bounds, loops, dispatcher);
        if (!entrance.isOpen(present.getAsInt())) {
            channel.close(); // without a word: that costs least when there are many
            return;
        }
        connections.add(channel);
        entrance.enter();
    }

    private static String sentence(ListenerConfig config, Throwable failure) {
        String where = "listeners.%s.bind: %s:%d".formatted(config.name(), config.host(), config.port());
        String cause = String.valueOf(failure.getMessage());
        if (cause.contains("Address already in use")) { // epoll and NIO have no exception type of their own in common
            return where + " is in use by another program: stop that one, or choose another port with --set 'listeners."
                    + config.name() + ".bind=\"" + config.host() + ":PORT\"'";
        }
        if (cause.contains("Cannot assign requested address")) {
            return where + " is not an address of this machine: write one that is, or 0.0.0.0 for all of them";
        }
        if (cause.contains("Permission denied")) {
            return where + " may not be bound by this user: choose a port from 1024 on, or give the process the right";
        }
        return where + " cannot be bound: " + cause;
    }

    /** Takes over limits that do not need the listener to be opened again. */
    void config(ListenerConfig replacement) {
        config.set(replacement);
    }

    /** What is in force. */
    ListenerConfig config() {
        return config.get();
    }

    boolean listensAt(ListenerConfig other) {
        return config.get().host().equals(other.host()) && config.get().port() == other.port();
    }

    /** How many there are now. */
    int connections() {
        return connections.size();
    }

    /** Other rates are in force. */
    void measureAnew() {
        connections.forEach(channel -> {
            Connection connection = channel.pipeline().get(Connection.class);
            if (connection != null) {
                connection.measureAnew();
            }
        });
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Tells every client that the broker stops; who has not got to MQTT yet is cut. */
    void shutDown() {
        connections.forEach(channel -> {
            FrameHandler frames = channel.pipeline().get(FrameHandler.class);
            if (frames != null) {
                frames.goingAway();
            }
            Connection connection = channel.pipeline().get(Connection.class);
            if (connection != null) {
                connection.shutDown();
            } else {
                channel.close();
            }
        });
    }

    /** Waits until all connections are closed; those that are not when the time is over are cut. */
    void awaitClosed(Duration atMost) {
        connections.newCloseFuture().awaitUninterruptibly(Math.max(0, atMost.toMillis()), TimeUnit.MILLISECONDS);
        connections.close();
    }

    /** Stops accepting; connections stay. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly(1, TimeUnit.SECONDS);
    }
}

package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.ClientContext;
import io.gatehouse.kernel.broker.ClientLink;
import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.codec.PublishEncoder;
import io.gatehouse.kernel.codec.PublishFrame;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: the only handler of its channel. Reads packets and hands them to the dispatcher; collects what is written in
 * one buffer that is flushed when the lane has done its present work.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
@OnLane
final class Connection extends ChannelInboundHandlerAdapter implements ClientLink {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int FIRST_BUFFER = 512;
    private static final int FULL_BUFFER = 64 * 1024;
    private static final double KEEP_ALIVE_GRACE = 1.5;

    // for the life of the connection
    private final Channel channel;
    private final String listener;
    private final PacketDispatcher dispatcher;
    private final PacketDecoder decoder;
    private final ClientContext context;
    private final InetSocketAddress peer;
    private final DeadlineWheel.Entry deadline = new DeadlineWheel.Entry(this);
    private EventLoopLane lane;

    // what the client said in CONNECT
    private MqttVersion version = MqttVersion.V3_1_1;
    private int maximumPacketSize = Integer.MAX_VALUE;
    private long keepAliveNanos;
    private boolean connected;

    // reading
    private @Nullable ByteBuf unread;
    private boolean paused;
    private boolean reading;
    private long lastRead;

    // writing
    private @Nullable ByteBuf unflushed;
    private int usualSize = FIRST_BUFFER;
    private boolean dirty;
    private boolean closing;

    Connection(
            Channel channel, String listener, int maximumPacketSize, EventLoopLane lane, PacketDispatcher dispatcher) {
        this.channel = channel;
        this.listener = listener;
        this.lane = lane;
        this.dispatcher = dispatcher;
        this.decoder = new PacketDecoder(maximumPacketSize);
        this.peer = (InetSocketAddress) channel.remoteAddress();
        this.context = dispatcher.opened(this);
    }

    ClientContext context() {
        return context;
    }

    // ---- reading

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (connected) {
            lastRead = System.nanoTime(); // before CONNECT the clock runs from the beginning
        }
        ByteBuf arrived = (ByteBuf) message;
        ByteBuf before = unread;
        if (before == null) {
            unread = arrived;
        } else {
            unread = before.discardReadBytes().writeBytes(arrived);
            arrived.release();
        }
        decode();
    }

    private void decode() {
        if (reading) {
            return; // a handler resumed reading: the loop below goes on by itself
        }
        reading = true;
        try {
            while (!paused && !closing && unread != null) {
                Packet packet = decoder.decode(unread);
                if (packet == null) {
                    break;
                }
                dispatcher.packet(context, packet);
            }
        } catch (MalformedPacket malformed) {
            LOG.debug("{} sent something that is no packet: {}", peer, malformed.getMessage());
            dispatcher.malformed(context, malformed.reason());
        } finally {
            reading = false;
            keepUnread();
        }
    }

    /** Only a part of a packet is kept, or what arrived while reading is paused; a large read buffer is not held for it. */
    private void keepUnread() {
        ByteBuf rest = unread;
        if (rest == null) {
            return;
        }
        if (closing || !rest.isReadable()) {
            unread = null;
            rest.release();
        } else if (rest.readerIndex() > 0) {
            unread = channel.alloc().buffer(rest.readableBytes()).writeBytes(rest);
            rest.release();
        }
    }

    @Override
    public void pauseReading() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    @Override
    public void resumeReading() {
        paused = false;
        if (!closing) {
            decode();
        }
        if (!paused && !closing) {
            channel.config().setAutoRead(true);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{} is gone: {}", peer, cause.getMessage());
        } else {
            LOG.error("Handling a packet of {} failed; the connection is closed", peer, cause);
        }
        ctx.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closing = true;
        lane.deadlines().unwatch(deadline);
        if (unflushed != null) {
            unflushed.release();
            unflushed = null;
        }
        if (!reading) {
            keepUnread();
        }
        dispatcher.closed(context);
    }

    // ---- writing

    @Override
    public void send(Packet packet) {
        if (!closing && !PacketEncoder.encode(packet, decoder.version(), maximumPacketSize, buffer())) {
            LOG.debug("A packet is too large for {}", peer);
        }
        written();
    }

    @Override
    public Outcome publish(
            Publication publication,
            Qos qos,
            boolean retain,
            List<Integer> subscriptionIds,
            int packetId,
            boolean dup) {
        if (!isWritable()) {
            return Outcome.HELD;
        }
        boolean fits = (publication.keepsFrames() && subscriptionIds.isEmpty())
                ? writeFrame(publication, qos, retain, packetId, dup)
                : write(publication, qos, retain, subscriptionIds, packetId, dup);
        written();
        return fits ? Outcome.SENT : Outcome.DROPPED;
    }

    private boolean write(
            Publication publication,
            Qos qos,
            boolean retain,
            List<Integer> subscriptionIds,
            int packetId,
            boolean dup) {
        Message message = publication.message();
        return PublishEncoder.encode(
                buffer(),
                version,
                maximumPacketSize,
                message,
                message.topic(),
                qos,
                retain,
                dup,
                packetId,
                publication.remainingExpirySeconds(System.currentTimeMillis()),
                subscriptionIds,
                0);
    }

    /** The same bytes for every client of this version, QoS and retain flag: encoded by the first, copied by the others. */
    private boolean writeFrame(Publication publication, Qos qos, boolean retain, int packetId, boolean dup) {
        int key = (version == MqttVersion.V5 ? 8 : 0) + (qos.level() * 2) + (retain ? 1 : 0);
        PublishFrame frame = (PublishFrame) publication.frame(key);
        if (frame == null) {
            frame = PublishFrame.of(
                    version,
                    publication.message(),
                    qos,
                    retain,
                    publication.remainingExpirySeconds(System.currentTimeMillis()),
                    List.of());
            publication.keepFrame(key, frame);
        }
        if (frame.size() > maximumPacketSize) {
            return false;
        }
        frame.writeTo(buffer(), packetId, dup);
        return true;
    }

    private ByteBuf buffer() {
        ByteBuf buffer = unflushed;
        if (buffer == null) {
            buffer = channel.alloc().buffer(usualSize);
            unflushed = buffer;
        }
        return buffer;
    }

    private void written() {
        ByteBuf buffer = unflushed;
        if (buffer == null) {
            return;
        }
        if (buffer.readableBytes() >= FULL_BUFFER) {
            unflushed = null;
            channel.write(buffer, channel.voidPromise());
        }
        if (!dirty) {
            dirty = true;
            lane.flushLater(this);
        }
    }

    /** Called by the lane at the end of its round. */
    void flush() {
        dirty = false;
        ByteBuf buffer = unflushed;
        unflushed = null;
        if (buffer != null && buffer.isReadable()) {
            usualSize = Math.max(FIRST_BUFFER, Math.min(FULL_BUFFER, buffer.readableBytes()));
            channel.write(buffer, channel.voidPromise());
        } else if (buffer != null) {
            buffer.release();
        }
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return !closing && channel.isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (isWritable()) {
            dispatcher.writable(context);
        }
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        flush();
        closing = true;
        channel.config().setAutoRead(false);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    // ---- what the handlers ask for

    @Override
    public void connected(MqttVersion agreed, int largestPacket, int keepAliveSeconds) {
        version = agreed;
        maximumPacketSize = largestPacket;
        connected = true;
        keepAliveNanos = (long) (keepAliveSeconds * KEEP_ALIVE_GRACE * TimeUnit.SECONDS.toNanos(1));
        if (keepAliveSeconds > 0) {
            lane.deadlines().watch(deadline);
        } else {
            lane.deadlines().unwatch(deadline);
        }
    }

    /** The client has this long to complete its CONNECT. */
    void expectConnectWithin(Duration timeout) {
        lastRead = System.nanoTime();
        keepAliveNanos = timeout.toNanos();
        lane.deadlines().watch(deadline);
    }

    /** The second, on the wheel's clock, in which the client will have been silent for too long. */
    long deadlineSecond() {
        return TimeUnit.NANOSECONDS.toSeconds(lastRead + keepAliveNanos) + 1;
    }

    void deadlinePassed() {
        if (connected) {
            dispatcher.keepAliveExpired(context);
        } else {
            LOG.debug("{} did not complete its CONNECT in time", peer);
            close();
        }
    }

    @Override
    public void moveTo(Lane target, Runnable then) {
        if (target.index() == lane.index()) {
            then.run();
            return;
        }
        EventLoopLane next = (EventLoopLane) target;
        lane.deadlines().unwatch(deadline);
        channel.deregister().addListener(_ -> {
            lane = next;
            next.loop().register(channel).addListener(registered -> {
                if (registered.isSuccess()) {
                    then.run();
                } else {
                    channel.close();
                }
            });
        });
    }

    /** The broker stops: the client is told, and the connection closed. */
    void shutDown() {
        dispatcher.shuttingDown(context);
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public String listener() {
        return listener;
    }

    @Override
    public List<X509Certificate> certificates() {
        return List.of();
    }

    @Override
    public Lane lane() {
        return lane;
    }
}

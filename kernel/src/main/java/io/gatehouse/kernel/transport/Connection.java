package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.ClientContext;
import io.gatehouse.kernel.broker.ClientLink;
import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.codec.DecoderLimits;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.codec.PublishEncoder;
import io.gatehouse.kernel.codec.PublishFrame;
import io.gatehouse.kernel.codec.Side;
import io.gatehouse.kernel.guard.Meter;
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
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: the last handler of its channel, and the only one over plain TCP. Reads packets and hands them to the
 * dispatcher; collects what is written in one buffer that is flushed when the lane has done its present work.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
@OnLane
final class Connection extends ChannelInboundHandlerAdapter implements ClientLink {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final double KEEP_ALIVE_GRACE = 1.5;

    /** How long a client that is being disconnected may take to read what was sent to it. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /**
     * How many bytes of answers may wait for a client that does not read them, beyond what the channel takes of messages. Then the
     * client is not read either, until it reads.
     */
    private static final long MOST_ANSWERS = 1024 * 1024;

    /** How many bytes a connection holds for a packet that has only begun to come. */
    private static final int MOST_ROOM_AHEAD = 2 * 1024;
    /** A read buffer that is that much larger than what is kept of it is not worth another one. */
    private static final int SMALL = 512;

    // for the life of the connection
    private final Channel channel;
    private final String listener;
    private final String mountpoint;
    private final PacketDispatcher dispatcher;
    private final PacketDecoder decoder;
    private final ClientContext context;
    private final InetSocketAddress peer;
    private final WriteBuffer writes;
    private final DeadlineWheel.Entry deadline = new DeadlineWheel.Entry(this);
    private EventLoopLane lane;

    // what the client said in CONNECT
    private MqttVersion version = MqttVersion.V3_1_1;
    private int maximumPacketSize = Integer.MAX_VALUE;
    private long patienceNanos;
    private boolean connected;

    // reading
    private @Nullable ByteBuf unread;
    private boolean paused;
    private boolean held;
    private boolean choked;
    private boolean reading;
    private long lastRead;

    /** Null when no rate is limited. */
    private @Nullable Meter meter;

    /** Runs while the client waits because it was too fast. */
    private Lane.@Nullable Timer slowed;

    // writing
    private boolean dirty;
    private @Nullable StallWatch stall;
    private boolean closing;
    private boolean gone;

    Connection(
            Channel channel,
            InetSocketAddress peer,
            String listener,
            String mountpoint,
            DecoderLimits limits,
            EventLoopLane lane,
            PacketDispatcher dispatcher) {
        this.channel = channel;
        this.listener = listener;
        this.mountpoint = mountpoint;
        this.lane = lane;
        this.dispatcher = dispatcher;
        this.decoder = new PacketDecoder(limits, Side.SERVER);
        this.peer = peer;
        this.writes = new WriteBuffer(channel);
        this.context = dispatcher.opened(this);
        this.meter = dispatcher.guard().meter(listener);
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
        boolean kept = false;
        try {
            ByteBuf before = unread;
            if (before != null && mayDecode()) {
                complete(before, arrived);
                decode();
            }
            if (!arrived.isReadable()) {
                return;
            }
            ByteBuf rest = unread;
            if (rest == null) {
                unread = arrived;
                kept = true;
            } else {
                unread = rest.discardReadBytes().writeBytes(arrived);
            }
        } finally {
            if (!kept) {
                arrived.release(); // even when there is no memory to copy it to
            }
        }
        decode();
    }

    /** Moves what the packet that came in part lacks, and no more: what follows it is decoded where it is. */
    private static void complete(ByteBuf part, ByteBuf arrived) {
        int missing = PacketDecoder.missing(part);
        while (missing > 0 && arrived.isReadable()) {
            part.writeBytes(arrived, Math.min(missing, arrived.readableBytes()));
            missing = PacketDecoder.missing(part);
        }
    }

    private boolean mayDecode() {
        return !paused && !held && !choked && slowed == null && !closing;
    }

    private void decode() {
        if (reading) {
            return; // a handler resumed reading: the loop below goes on by itself
        }
        reading = true;
        try {
            while (mayDecode() && unread != null) {
                ByteBuf from = unread;
                int start = from.readerIndex();
                Packet packet = decoder.decode(from, lane.desk());
                if (packet == null) {
                    break;
                }
                if (meter == null) {
                    dispatcher.packet(context, packet);
                } else {
                    slowDown(dispatcher.packet(context, packet, meter, from.readerIndex() - start));
                }
            }
        } catch (MalformedPacket malformed) {
            LOG.debug("{} sent something that is no packet: {}", peer, malformed.getMessage());
            dispatcher.malformed(context, decoder.version(), malformed.reason());
        } catch (RuntimeException e) {
            fail(e);
        } catch (OutOfMemoryError e) {
            giveUp(e);
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
        } else if (rest.readerIndex() > 0 || rest.capacity() > 2 * rest.readableBytes() + SMALL) {
            unread = null;
            try {
                unread = channel.alloc().buffer(room(rest)).writeBytes(rest);
            } catch (OutOfMemoryError e) {
                giveUp(e);
            } finally {
                rest.release();
            }
        }
    }

    /** A packet that came in part gets its room at once, as far as that is not much more than what came of it. */
    private static int room(ByteBuf part) {
        int present = part.readableBytes();
        return present + Math.min(PacketDecoder.missing(part), Math.max(present, MOST_ROOM_AHEAD));
    }

    @Override
    public void pauseReading() {
        paused = true;
        channel.config().setAutoRead(false);
    }

    @Override
    public void resumeReading() {
        paused = false;
        lastRead = connected ? System.nanoTime() : lastRead; // the client cannot help that nobody listened
        readOn();
    }

    @Override
    public void holdReading(boolean holds) {
        held = holds;
        if (holds) {
            channel.config().setAutoRead(false);
        } else {
            lastRead = connected ? System.nanoTime() : lastRead;
            readOn();
        }
    }

    private void readOn() {
        if (!closing) {
            decode();
        }
        channel.config().setAutoRead(mayDecode());
    }

    /** Reads nothing for so long. Before CONNECT is answered nothing is delayed: the connection may have to move. */
    private void slowDown(long nanos) {
        if (nanos > 0 && connected && !closing) {
            slowed = lane.schedule(Duration.ofNanos(nanos), this::speedUp);
            channel.config().setAutoRead(false);
        }
    }

    private void speedUp() {
        slowed = null;
        lastRead = System.nanoTime(); // the client cannot help that nobody listened
        readOn();
    }

    /** Other rates are in force. Any thread, even while the connection changes its lane. */
    void measureAnew() {
        onItsLane(() -> meter = dispatcher.guard().meter(listener));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{} is gone: {}", peer, cause.getMessage());
            channel.close();
        } else if (cause instanceof OutOfMemoryError outOfMemory) {
            giveUp(outOfMemory);
        } else {
            fail(cause);
        }
    }

    /** There are no more buffers for it outside of the heap: it ends, so that others may go on. The heap ends the process instead. */
    private void giveUp(OutOfMemoryError cause) {
        LOG.debug("There is no memory for {}, so the connection is cut: {}", peer, cause.getMessage());
        closing = true;
        channel.close();
    }

    /** Nobody knows in what state this connection is: it ends, and no other suffers. */
    private void fail(Throwable cause) {
        LOG.error("Handling a packet of {} failed; the connection is closed", peer, cause);
        closing = true;
        channel.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
    }

    private void gone() {
        if (gone) {
            return;
        }
        gone = true;
        closing = true;
        lane.deadlines().unwatch(deadline);
        if (slowed != null) {
            slowed.cancel();
        }
        writes.release();
        if (stall != null) {
            stall.end();
        }
        if (!reading) {
            keepUnread();
        }
        dispatcher.closed(context);
    }

    // ---- writing

    @Override
    public void send(Packet packet) {
        if (closing) {
            return;
        }
        boolean fits;
        try {
            fits = PacketEncoder.encode(packet, decoder.version(), maximumPacketSize, writes.buffer());
        } catch (OutOfMemoryError e) {
            giveUp(e); // this one, and nobody else who is served in the same round
            return;
        }
        if (fits) {
            written();
        } else {
            LOG.debug("{} takes no packets as large as the answer, so the connection is closed", peer);
            close();
        }
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
        boolean fits;
        try {
            fits = (publication.keepsFrames() && subscriptionIds.isEmpty())
                    ? writeFrame(publication, qos, retain, packetId, dup)
                    : write(publication, qos, retain, subscriptionIds, packetId, dup);
        } catch (IllegalArgumentException e) {
            // Only an interceptor can make a message that is none; neither its publisher nor other subscribers shall
            // suffer.
            LOG.warn("A message for {} cannot be sent: {}", peer, e.getMessage());
            fits = false;
        } catch (RuntimeException e) {
            fail(e); // this one, not the publisher's
            return Outcome.HELD;
        } catch (OutOfMemoryError e) {
            giveUp(e);
            return Outcome.HELD;
        }
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
                writes.buffer(message.payload().length()),
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
        frame.writeTo(writes.buffer(frame.size()), packetId, dup);
        return true;
    }

    private void written() {
        writes.packetWritten();
        if (!choked && channel.bytesBeforeWritable() > MOST_ANSWERS) {
            choked = true;
            channel.config().setAutoRead(false);
        }
        if (!dirty) {
            dirty = true;
            lane.flushLater(this);
        }
    }

    /** Called by the lane at the end of its round; never throws. */
    void flush() {
        dirty = false;
        if (gone) {
            return;
        }
        try {
            writes.flush();
        } catch (RuntimeException e) {
            fail(e);
        } catch (OutOfMemoryError e) {
            giveUp(e);
        }
    }

    @Override
    public boolean isWritable() {
        return !closing && channel.isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (!isWritable()) {
            watchWhetherItReads();
            return;
        }
        dispatcher.writable(context);
        if (choked) {
            choked = false;
            readOn();
        }
    }

    private void watchWhetherItReads() {
        Duration timeout = dispatcher.slowConsumerTimeout();
        if (closing || timeout.isZero()) {
            return;
        }
        if (stall == null) {
            stall = new StallWatch(channel, () -> dispatcher.readsNothing(context));
        }
        stall.begin(lane, timeout);
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true; // before the flush, which could make room for messages: nothing comes after a DISCONNECT
        channel.config().setAutoRead(false);
        silentSince(CLOSE_TIMEOUT);
        flush();
        // An empty buffer: a WebSocket takes it for the end, and sends its close frame.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    // ---- what the handlers ask for

    @Override
    public void maximumPacketSize(int bytes) {
        maximumPacketSize = bytes;
    }

    @Override
    public void connected(MqttVersion agreed, int keepAliveSeconds) {
        version = agreed;
        connected = true;
        decoder.letIn();
        if (keepAliveSeconds > 0) {
            silentSince(Duration.ofMillis((long) (keepAliveSeconds * KEEP_ALIVE_GRACE * 1000)));
        } else {
            lane.deadlines().unwatch(deadline);
        }
    }

    /** The client has this long to complete its CONNECT. */
    void expectConnectWithin(Duration timeout) {
        silentSince(timeout);
    }

    /** From now on the client may be silent for as long as this. */
    private void silentSince(Duration atMost) {
        lastRead = System.nanoTime();
        patienceNanos = atMost.toNanos();
        lane.deadlines().watch(deadline);
    }

    /** The second, on the wheel's clock, in which the client will have been silent for too long; it is not while nobody listens to it. */
    long deadlineSecond() {
        return (paused || held || slowed != null) && !closing
                ? DeadlineWheel.now() + 1
                : DeadlineWheel.second(lastRead + patienceNanos) + 1;
    }

    void deadlinePassed() {
        if (closing) {
            LOG.debug("{} does not read what was sent to it, so the connection is cut", peer);
            channel.close();
        } else if (connected) {
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
                    arrived(then);
                } else {
                    // A channel that is closed while it has no loop does not say so.
                    channel.close();
                    next.execute(this::gone);
                }
            });
        });
    }

    private void arrived(Runnable then) {
        lane.deadlines().watch(deadline);
        try {
            then.run();
        } catch (RuntimeException e) {
            fail(e);
        } catch (OutOfMemoryError e) {
            giveUp(e);
        }
    }

    /** The broker stops: the client is told, and the connection closed. Any thread, even while the connection changes its lane. */
    void shutDown() {
        onItsLane(() -> dispatcher.shuttingDown(context));
    }

    private void onItsLane(Runnable task) {
        EventLoop present = channel.eventLoop();
        present.execute(() -> {
            if (channel.eventLoop().equals(present)) {
                task.run();
            } else {
                onItsLane(task);
            }
        });
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
    public String mountpoint() {
        return mountpoint;
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

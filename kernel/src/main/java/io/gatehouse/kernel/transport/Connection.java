package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.ClientContext;
import io.gatehouse.kernel.broker.ClientLink;
import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.codec.DecoderLimits;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.store.Publication;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection: the last handler of its channel, and the only one over plain TCP. It has three parts: the {@link PacketIntake}
 * for what comes, the {@link PacketOutlet} for what goes, and the broker's {@link Patience}. What remains here is its life:
 *
 * <pre>
 *   open ─connected()─► connected ─┐
 *     └────────────────────────────┴─close()─► closing ─all was written─► gone
 *   and from anywhere: the client is gone, or something failed ──────────► gone
 * </pre>
 *
 * <p>It belongs to one lane, and changes it once at most: {@link #moveTo}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a channel tells its pipeline of failures
@OnLane
final class Connection extends ChannelInboundHandlerAdapter implements ClientLink {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    /** How long a client that is being disconnected may take to read what was sent to it. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final Channel channel;
    private final String listener;
    private final String mountpoint;
    private final PacketDispatcher dispatcher;
    private final InetSocketAddress peer;
    private final ClientContext context;
    private final Patience patience;
    private final PacketIntake intake;
    private final PacketOutlet outlet;
    private EventLoopLane lane;

    private boolean connected;
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
        this.peer = peer;
        this.context = dispatcher.opened(this);
        this.patience = new Patience(this);
        this.intake = new PacketIntake(this, patience, limits);
        this.outlet = new PacketOutlet(this);
    }

    // ---- for its parts

    Channel channel() {
        return channel;
    }

    PacketDispatcher dispatcher() {
        return dispatcher;
    }

    ClientContext context() {
        return context;
    }

    /** True from the moment on in which the client's CONNECT was accepted. */
    boolean isConnected() {
        return connected;
    }

    /** True when nothing may be sent any more, and nothing is read. */
    boolean isClosing() {
        return closing;
    }

    /** False while the client is silent because nobody listens to it. */
    boolean isHeard() {
        return closing || intake.isListening();
    }

    /** Too many answers wait for the client: it is not read until it reads. */
    void choke() {
        intake.choke();
    }

    /** There are no more buffers for it outside of the heap: it ends, so that others may go on. The heap ends the process instead. */
    void giveUp(OutOfMemoryError cause) {
        LOG.debug("There is no memory for {}, so the connection is cut: {}", peer, cause.getMessage());
        closing = true;
        channel.close();
    }

    /** Nobody knows in what state this connection is: it ends, and no other suffers. */
    void fail(Throwable cause) {
        LOG.error("Handling a packet of {} failed; the connection is closed", peer, cause);
        closing = true;
        channel.close();
    }

    // ---- what the channel tells

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        intake.arrived((ByteBuf) message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (isWritable()) {
            dispatcher.writable(context);
            intake.unchoke();
        } else if (!closing) {
            outlet.watchWhetherItReads();
        }
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
        patience.pause();
        outlet.end();
        intake.end();
        dispatcher.closed(context);
    }

    // ---- what the lane and the listener tell

    /** True when more than acknowledgements is to be flushed. */
    boolean isUrgent() {
        return outlet.isUrgent();
    }

    /** The lane has done its present work: what was written may leave. Never throws. */
    void flush() {
        if (!gone) {
            outlet.flush();
        }
    }

    /** The client has this long to complete its CONNECT. */
    void expectConnectWithin(Duration timeout) {
        patience.begin(timeout);
    }

    /** The client was silent for too long. */
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

    /** Other rates are in force. Any thread, even while the connection changes its lane. */
    void measureAnew() {
        onItsLane(intake::measureAnew);
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

    // ---- what the handlers ask for

    @Override
    public void send(Packet packet) {
        if (!closing) {
            outlet.send(packet, intake.version());
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
        return isWritable() ? outlet.publish(publication, qos, retain, subscriptionIds, packetId, dup) : Outcome.HELD;
    }

    @Override
    public boolean isWritable() {
        return !closing && channel.isWritable();
    }

    @Override
    public void pauseReading() {
        intake.pause();
    }

    @Override
    public void resumeReading() {
        intake.resume();
    }

    @Override
    public void holdReading(boolean holds) {
        intake.hold(holds);
    }

    @Override
    public void maximumPacketSize(int bytes) {
        outlet.maximumPacketSize(bytes);
    }

    @Override
    public void connected(MqttVersion version, int keepAliveSeconds) {
        connected = true;
        intake.letIn();
        outlet.agree(version);
        patience.keepAlive(keepAliveSeconds);
    }

    @Override
    public void moveTo(Lane target, Runnable then) {
        if (target.index() == lane.index()) {
            then.run();
            return;
        }
        EventLoopLane next = (EventLoopLane) target;
        patience.pause();
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
        patience.goOn();
        try {
            then.run();
        } catch (RuntimeException e) {
            fail(e);
        } catch (OutOfMemoryError e) {
            giveUp(e);
        }
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true; // before the flush, which could make room for messages: nothing comes after a DISCONNECT
        channel.config().setAutoRead(false);
        patience.begin(CLOSE_TIMEOUT);
        flush();
        // An empty buffer: a WebSocket takes it for the end, and sends its close frame.
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
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
    public EventLoopLane lane() {
        return lane;
    }
}

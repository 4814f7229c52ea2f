package io.gatehouse.kernel.bench;

import io.gatehouse.kernel.codec.FrameScanner;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.codec.Side;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client and its present connection. All of it on the event loop of its worker.
 *
 * <pre>
 *  APART ─connect─► CONNECTING ─CONNACK─► CONNECTED ─role is content─► READY
 *    ▲                  │                     │                         │
 *    └──────────────────┴─────── lost ────────┴─────────────────────────┘        leave ─► GONE
 * </pre>
 */
final class BenchClient {
    /** The largest packet of the protocol. */
    private static final int MAX_PACKET = 268_435_455 + 5;

    private enum State {
        APART,
        CONNECTING,
        CONNECTED,
        READY,
        GONE
    }

    // for life
    private final Worker worker;
    private final Role role;
    private final String id;
    private boolean wasReady;
    private boolean settled;

    // for one connection
    private State state = State.APART;
    private @Nullable Connection connection;
    private long due;
    private long begun;
    private long lastHeard;
    private long lastSaid;
    private long lastPing;
    private long keepAlive;

    BenchClient(Worker worker, Role role, String id) {
        this.worker = worker;
        this.role = role;
        this.id = id;
    }

    String id() {
        return id;
    }

    MqttVersion version() {
        return worker.plan().identity().version();
    }

    // ---- connecting

    /** A connection was asked for, which was due at that time. */
    void begin(long dueAt, long now) {
        state = State.CONNECTING;
        due = dueAt;
        begun = now;
    }

    /** The handler of a new channel for this client. */
    ChannelInboundHandlerAdapter attach(Channel channel) {
        Connection attached = new Connection(channel);
        connection = attached;
        return attached;
    }

    /** There is no connection; also called when there could not be one. */
    void lost(String reason) {
        boolean wasConnecting = state == State.CONNECTING;
        if (state == State.APART || state == State.GONE) {
            return;
        }
        if (!wasConnecting) {
            worker.counters().add(Count.DISCONNECTED);
        }
        state = State.APART;
        drop();
        role.gone();
        if (wasReady) {
            worker.counters().lost(reason);
            worker.cameApart(this);
        } else {
            worker.counters().failed(reason);
            worker.counters().add(Count.FAILED);
            settle();
        }
        if (wasConnecting) {
            worker.answered();
        }
    }

    private void drop() {
        Connection present = connection;
        connection = null;
        if (present != null) {
            present.close();
        }
    }

    private void accepted(ConnAck answer) {
        if (state != State.CONNECTING) {
            lost("a second CONNACK");
            return;
        }
        if (answer.reason().isFailure()) {
            lost("refused: " + Reasons.of(answer.reason()));
            return;
        }
        state = State.CONNECTED;
        keepAlive = keepAlive(answer);
        worker.latencies().record(Measure.CONNECT, worker.now() - due);
        worker.counters().add(Count.CONNECTED);
        if (wasReady) {
            worker.counters().add(Count.RECONNECTED);
        }
        worker.answered();
        role.connected(this, answer);
    }

    /** Said by the role: it may take part. */
    void ready() {
        if (state == State.CONNECTED) {
            state = State.READY;
            wasReady = true;
            settle();
        }
    }

    private void settle() {
        if (!settled) {
            settled = true;
            worker.counters().add(Count.SETTLED);
        }
    }

    /** Says good-bye and closes. */
    void leave() {
        Connection present = connection;
        if (present != null && (state == State.CONNECTED || state == State.READY)) {
            send(new Disconnect(ReasonCode.SUCCESS));
            present.flushAndClose();
            worker.counters().add(Count.DISCONNECTED);
        } else {
            drop();
        }
        state = State.GONE;
    }

    /** Once a second: keeps the connection alive, and gives up one that is dead. */
    void look(long now, long connectTimeout) {
        switch (state) {
            case CONNECTING -> {
                if (now - begun > connectTimeout) {
                    lost("no CONNACK within " + TimeUnit.NANOSECONDS.toSeconds(connectTimeout) + " s");
                }
            }
            case CONNECTED -> {
                if (now - begun > connectTimeout) {
                    lost("no SUBACK within " + TimeUnit.NANOSECONDS.toSeconds(connectTimeout) + " s");
                }
            }
            case READY -> keepAlive(now);
            case APART, GONE -> {
                // nothing to keep
            }
        }
    }

    /** The broker wants to hear from the client, and the client from the broker. */
    private void keepAlive(long now) {
        if (keepAlive == 0) {
            return;
        }
        if (now - lastHeard > 2 * keepAlive) {
            lost("no answer to PINGREQ");
        } else if ((now - lastSaid > keepAlive / 2 || now - lastHeard > keepAlive / 2)
                && now - lastPing > keepAlive / 2) {
            lastPing = now;
            send(new PingReq());
        }
    }

    private long keepAlive(ConnAck answer) {
        Integer servers = answer.properties().serverKeepAliveSeconds();
        return TimeUnit.SECONDS.toNanos(
                servers != null ? servers : worker.plan().identity().keepAliveSeconds());
    }

    // ---- writing

    /** Whether the network takes more at present. */
    boolean isWritable() {
        return connection != null && connection.channel.isWritable();
    }

    /** Where to write a packet; only while the client is connected. */
    ByteBuf out() {
        return Objects.requireNonNull(connection).outbox.buffer();
    }

    /** To be said after each packet that was put into {@link #out()}. */
    void written() {
        if (connection != null) {
            connection.written();
        }
    }

    void send(Packet packet) {
        if (connection != null && PacketEncoder.encode(packet, version(), MAX_PACKET, out())) {
            written();
        }
    }

    /** Called by the worker at the end of its round. */
    void flush(long now) {
        lastSaid = now;
        if (connection != null) {
            connection.flush();
        }
    }

    /** One channel: from bytes to frames and back. What comes from a channel that was given up is ignored. */
    final class Connection extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private final Outbox outbox;
        private final FrameScanner frame = new FrameScanner(MAX_PACKET);
        private @Nullable ByteBuf unread;
        private boolean dirty;

        Connection(Channel channel) {
            this.channel = channel;
            this.outbox = new Outbox(channel);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (isPresent()) {
                lastHeard = worker.now();
                send(worker.connect(id));
            }
        }

        private boolean isPresent() {
            return connection == this;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf arrived = (ByteBuf) message;
            ByteBuf in = arrived;
            if (unread != null) {
                in = unread.discardReadBytes().writeBytes(arrived);
                arrived.release();
                unread = null;
            }
            long now = worker.now();
            lastHeard = now;
            try {
                while (isPresent() && frame.next(in)) {
                    handle(in, now);
                }
            } catch (MalformedPacket malformed) {
                lost("what came is not MQTT: " + malformed.getMessage());
            } finally {
                keep(in);
            }
        }

        private void keep(ByteBuf in) {
            if (!isPresent() || !in.isReadable()) {
                in.release();
            } else if (in.readerIndex() == 0) {
                unread = in;
            } else {
                unread = channel.alloc().buffer(in.readableBytes()).writeBytes(in);
                in.release();
            }
        }

        private void handle(ByteBuf in, long now) throws MalformedPacket {
            switch (frame.type()) {
                case FrameScanner.PUBLISH, 4, 5, 6, 7 -> role.frame(BenchClient.this, frame, in, now);
                case 13 -> {
                    // PINGRESP: lastHeard says it all
                }
                default -> packet(in);
            }
        }

        /** One of those that come seldom. */
        private void packet(ByteBuf in) throws MalformedPacket {
            PacketDecoder decoder = new PacketDecoder(MAX_PACKET, Side.CLIENT);
            decoder.version(version());
            switch (decoder.decode(in.slice(frame.start(), frame.size()))) {
                case ConnAck answer -> accepted(answer);
                case SubAck answer -> role.subscribed(BenchClient.this, answer);
                case Disconnect disconnect -> lost("the broker disconnected: " + Reasons.of(disconnect.reason()));
                case null, default -> lost("a packet that nobody asked for");
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            if (isPresent()) {
                role.readComplete();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (isPresent() && channel.isWritable()) {
                role.writable();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && !handshake.isSuccess() && isPresent()) {
                lost(Reasons.of(handshake.cause()));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (isPresent()) {
                lost(Reasons.of(cause));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (isPresent()) {
                lost(state == State.CONNECTING ? "closed before CONNACK" : "the broker closed the connection");
            }
            outbox.release();
            if (unread != null) {
                unread.release();
                unread = null;
            }
        }

        private void written() {
            outbox.packetWritten();
            if (!dirty) {
                dirty = true;
                worker.flushLater(BenchClient.this);
            }
        }

        private void flush() {
            dirty = false;
            outbox.flush();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
        private void flushAndClose() {
            outbox.flush();
            channel.writeAndFlush(channel.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
        private void close() {
            outbox.release();
            channel.close();
        }
    }
}

package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.broker.ClientContext;
import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.codec.DecoderDesk;
import io.gatehouse.kernel.codec.DecoderLimits;
import io.gatehouse.kernel.codec.MalformedPacket;
import io.gatehouse.kernel.codec.PacketDecoder;
import io.gatehouse.kernel.codec.Side;
import io.gatehouse.kernel.guard.Meter;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes from one client: its bytes become packets, which go to the dispatcher one after the other. There are four reasons to read
 * nothing for a while, each with a field of its own; as long as one of them holds, what has arrived is kept, and TCP holds back the rest.
 */
@OnLane
final class PacketIntake {
    private static final Logger LOG = LoggerFactory.getLogger(PacketIntake.class);

    private final Connection connection;
    private final Patience patience;
    private final PacketDecoder decoder;
    private @Nullable ByteBuf unread;
    private boolean decoding;

    /** Null when no rate is limited. */
    private @Nullable Meter meter;

    // why nothing is read

    /** A handler cannot go on before somebody has answered. */
    private boolean paused;

    /** The broker cannot take more from this client. */
    private boolean held;

    /** The client does not read its answers. */
    private boolean choked;

    /** Runs while the client waits because it was too fast. */
    private Lane.@Nullable Timer slowed;

    PacketIntake(Connection connection, Patience patience, DecoderLimits limits) {
        this.connection = connection;
        this.patience = patience;
        this.decoder = new PacketDecoder(limits, Side.SERVER);
        measureAnew();
    }

    /** The version that the client's CONNECT has told, even if it is refused; 3.1.1 before. */
    MqttVersion version() {
        return decoder.version();
    }

    /** The client may send packets of any size from now on. */
    void letIn() {
        decoder.letIn();
    }

    /** False while the client waits for the broker, so that nobody can expect it to send something. */
    boolean isListening() {
        return !paused && !held && slowed == null;
    }

    /** Other rates may be in force. */
    void measureAnew() {
        meter = connection.dispatcher().guard().meter(connection.listener());
    }

    /** Bytes have come; they are the callee's now. */
    void arrived(ByteBuf bytes) {
        patience.renew();
        boolean kept = false;
        try {
            ByteBuf before = unread;
            if (before != null && mayDecode()) {
                UnreadBytes.complete(before, bytes);
                decode();
            }
            if (!bytes.isReadable()) {
                return;
            }
            ByteBuf rest = unread;
            if (rest == null) {
                unread = bytes;
                kept = true;
            } else {
                UnreadBytes.append(rest, bytes);
            }
        } finally {
            if (!kept) {
                bytes.release(); // even when there is no memory to copy them to
            }
        }
        decode();
    }

    private boolean mayDecode() {
        return !paused && !held && !choked && slowed == null && !connection.isClosing();
    }

    private void decode() {
        if (decoding) {
            return; // a handler resumed reading: the loop below goes on by itself
        }
        decoding = true;
        try {
            decodeAll();
        } catch (MalformedPacket malformed) {
            LOG.debug("{} sent something that is no packet: {}", connection.peer(), malformed.getMessage());
            connection.dispatcher().malformed(connection.context(), decoder.version(), malformed.reason());
        } catch (RuntimeException e) {
            connection.fail(e);
        } catch (OutOfMemoryError e) {
            connection.giveUp(e);
        } finally {
            decoding = false;
            keepUnread();
        }
    }

    private void decodeAll() throws MalformedPacket {
        PacketDispatcher dispatcher = connection.dispatcher();
        ClientContext context = connection.context();
        DecoderDesk desk = connection.lane().desk();
        while (mayDecode() && unread != null) {
            ByteBuf from = unread;
            int start = from.readerIndex();
            Packet packet = decoder.decode(from, desk);
            if (packet == null) {
                return;
            }
            if (meter == null) {
                dispatcher.packet(context, packet);
            } else {
                slowDown(dispatcher.packet(context, packet, meter, from.readerIndex() - start));
            }
        }
    }

    private void keepUnread() {
        ByteBuf rest = unread;
        if (rest == null) {
            return;
        }
        unread = null;
        if (connection.isClosing() || !rest.isReadable()) {
            rest.release();
            return;
        }
        try {
            unread = UnreadBytes.kept(rest, connection.channel().alloc());
        } catch (OutOfMemoryError e) {
            connection.giveUp(e);
        }
    }

    /** Delivers no packets until {@link #resume()}. */
    void pause() {
        paused = true;
        readNothing();
    }

    void resume() {
        paused = false;
        listenAgain();
    }

    /** The same for the reason that the broker can take no more. */
    void hold(boolean holds) {
        held = holds;
        if (holds) {
            readNothing();
        } else {
            listenAgain();
        }
    }

    /** Too many answers wait for the client: it gets no more of them until {@link #unchoke()}. */
    void choke() {
        if (!choked) {
            choked = true;
            readNothing();
        }
    }

    /** The client reads. */
    void unchoke() {
        if (choked) {
            choked = false;
            readOn();
        }
    }

    /** Reads nothing for so long. Before CONNECT is answered nothing is delayed: the connection may have to move. */
    private void slowDown(long nanos) {
        if (nanos > 0 && connection.isConnected() && !connection.isClosing()) {
            slowed = connection.lane().schedule(Duration.ofNanos(nanos), this::speedUp);
            readNothing();
        }
    }

    private void speedUp() {
        slowed = null;
        listenAgain();
    }

    private void listenAgain() {
        patience.renew(); // the client cannot help that nobody listened
        readOn();
    }

    private void readOn() {
        if (!connection.isClosing()) {
            decode();
        }
        connection.channel().config().setAutoRead(mayDecode());
    }

    private void readNothing() {
        connection.channel().config().setAutoRead(false);
    }

    /** The connection is gone. */
    void end() {
        if (slowed != null) {
            slowed.cancel();
        }
        if (!decoding) {
            keepUnread();
        }
    }
}

package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.codec.PublishEncoder;
import io.gatehouse.kernel.codec.PublishFrame;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.PacketSink.Outcome;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes to one client: packets become bytes in a {@link WriteBuffer}, which leaves when the lane has done its present work. Also sees
 * to it that a client that does not read is not written to for ever.
 */
@OnLane
final class PacketOutlet {
    private static final Logger LOG = LoggerFactory.getLogger(PacketOutlet.class);

    /**
     * How many bytes of answers may wait for a client that does not read them, beyond what the channel takes of messages. Then the
     * client is not read either, until it reads.
     */
    private static final long MOST_ANSWERS = 1024 * 1024;

    private final Connection connection;
    private final WriteBuffer writes;

    // what the client said in CONNECT
    private MqttVersion version = MqttVersion.V3_1_1;
    private int maximumPacketSize = Integer.MAX_VALUE;

    /** Null until the client is slow for the first time. */
    private @Nullable StallWatch stall;

    PacketOutlet(Connection connection) {
        this.connection = connection;
        this.writes = new WriteBuffer(connection.channel());
    }

    /** The client takes packets up to this size. */
    void maximumPacketSize(int bytes) {
        maximumPacketSize = bytes;
    }

    /** The client takes messages in this version. */
    void agree(MqttVersion agreed) {
        version = agreed;
    }

    /**
     * Sends any packet but a message.
     *
     * @param spoken the version to say it in: a client that is refused is told in its own
     */
    void send(Packet packet, MqttVersion spoken) {
        boolean fits;
        try {
            fits = PacketEncoder.encode(packet, spoken, maximumPacketSize, writes.buffer());
        } catch (OutOfMemoryError e) {
            connection.giveUp(e); // this one, and nobody else who is served in the same round
            return;
        }
        if (fits) {
            if (!(packet instanceof PubAck || packet instanceof PubRec || packet instanceof PubComp)) {
                writes.urgent();
            }
            written();
        } else {
            LOG.debug("{} takes no packets as large as the answer, so the connection is closed", connection.peer());
            connection.close();
        }
    }

    /** Sends a message. To be called while the connection is writable. */
    Outcome publish(
            Publication publication,
            Qos qos,
            boolean retain,
            List<Integer> subscriptionIds,
            int packetId,
            boolean dup) {
        boolean fits;
        try {
            fits = (publication.keepsFrames() && subscriptionIds.isEmpty())
                    ? writeFrame(publication, qos, retain, packetId, dup)
                    : write(publication, qos, retain, subscriptionIds, packetId, dup);
        } catch (IllegalArgumentException e) {
            // Only an interceptor can make a message that is none; neither its publisher nor other subscribers shall
            // suffer.
            LOG.warn("A message for {} cannot be sent: {}", connection.peer(), e.getMessage());
            fits = false;
        } catch (RuntimeException e) {
            connection.fail(e); // this one, not the publisher's
            return Outcome.HELD;
        } catch (OutOfMemoryError e) {
            connection.giveUp(e);
            return Outcome.HELD;
        }
        writes.urgent();
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
                expirySeconds(publication),
                subscriptionIds,
                0);
    }

    /** The same bytes for every client of this version, QoS and retain flag: encoded by the first, copied by the others. */
    private boolean writeFrame(Publication publication, Qos qos, boolean retain, int packetId, boolean dup) {
        int key = (version == MqttVersion.V5 ? 8 : 0) + (qos.level() * 2) + (retain ? 1 : 0);
        PublishFrame frame = (PublishFrame) publication.frame(key);
        if (frame == null) {
            frame = PublishFrame.of(version, publication.message(), qos, retain, expirySeconds(publication), List.of());
            publication.keepFrame(key, frame);
        }
        if (frame.size() > maximumPacketSize) {
            return false;
        }
        frame.writeTo(writes.buffer(frame.size()), packetId, dup);
        return true;
    }

    /** Asks what time it is only for a message that expires. */
    private static long expirySeconds(Publication publication) {
        return publication.mayExpire()
                ? publication.remainingExpirySeconds(System.currentTimeMillis())
                : MessageProperties.NO_EXPIRY;
    }

    private void written() {
        boolean first = writes.packetWritten();
        if (connection.channel().bytesBeforeWritable() > MOST_ANSWERS) {
            connection.choke();
        }
        if (first) {
            connection.lane().flushLater(connection);
        }
    }

    /** True when more than acknowledgements was written since the last flush. */
    boolean isUrgent() {
        return writes.isUrgent();
    }

    void flush() {
        try {
            writes.flush();
        } catch (RuntimeException e) {
            connection.fail(e);
        } catch (OutOfMemoryError e) {
            connection.giveUp(e);
        }
    }

    /** So much waits for the client that no message may be added: from now on somebody looks whether it takes any of it. */
    void watchWhetherItReads() {
        Duration timeout = connection.dispatcher().slowConsumerTimeout();
        if (timeout.isZero()) {
            return;
        }
        if (stall == null) {
            stall = new StallWatch(
                    connection.channel(), () -> connection.dispatcher().readsNothing(connection.context()));
        }
        stall.begin(connection.lane(), timeout);
    }

    /** The connection is gone. */
    void end() {
        writes.release();
        if (stall != null) {
            stall.end();
        }
    }
}

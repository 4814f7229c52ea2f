package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.broker.ClientLink;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** A connection that remembers what was sent through it. */
public class RecordingLink implements ClientLink {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

    private final List<Packet> sent = new ArrayList<>();
    private Lane lane;

    /** What {@link #isWritable()} says. */
    public boolean writable = true;

    /** A message with this text is answered with {@link Outcome#DROPPED}; empty for none. */
    public String unsendable = "";

    public boolean paused;
    public boolean held;
    public boolean closed;
    public int keepAliveSeconds = -1;

    /** What {@link #mountpoint()} says. */
    public String mountpoint = "";

    public RecordingLink(Lane lane) {
        this.lane = lane;
    }

    /** Everything sent, in order; messages as PUBLISH with the QoS and the retain flag that the client sees. */
    public List<Packet> sent() {
        return List.copyOf(sent);
    }

    /** What was sent since the last call. */
    public List<Packet> take() {
        List<Packet> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** The packets of one type that were sent. */
    public <P extends Packet> List<P> sent(Class<P> type) {
        return sent.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The payloads of the messages that were sent, as text. */
    public List<String> payloads() {
        return sent(Publish.class).stream()
                .map(publish -> publish.message().payload().asUtf8())
                .toList();
    }

    /** The topics and payloads of the messages that were sent, such as {@code a/b=text}. */
    public List<String> messages() {
        return sent(Publish.class).stream()
                .map(publish -> publish.message().topic() + "="
                        + publish.message().payload().asUtf8())
                .toList();
    }

    /** A message as the client sees it, but for its QoS and its retain flag. */
    protected Message seen(Publication publication) {
        return publication.message();
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
        if (!unsendable.isEmpty() && publication.message().payload().asUtf8().equals(unsendable)) {
            return Outcome.DROPPED;
        }
        sent.add(new Publish(seen(publication).withQos(qos).withRetain(retain), dup, packetId, 0, subscriptionIds));
        return Outcome.SENT;
    }

    @Override
    public void send(Packet packet) {
        if (!closed) {
            sent.add(packet);
        }
    }

    @Override
    public InetSocketAddress peer() {
        return PEER;
    }

    @Override
    public String listener() {
        return "tcp.test";
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

    @Override
    public boolean isWritable() {
        return writable && !closed;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
    }

    @Override
    public void holdReading(boolean holds) {
        held = holds;
    }

    @Override
    public void moveTo(Lane target, Runnable then) {
        lane = target;
        target.execute(then);
    }

    @Override
    public void maximumPacketSize(int bytes) {}

    @Override
    public void connected(MqttVersion version, int keepAlive) {
        keepAliveSeconds = keepAlive;
    }

    @Override
    public void close() {
        closed = true;
    }
}

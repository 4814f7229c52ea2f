package io.gatehouse.kernel.model;

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
import java.util.function.LongSupplier;

/** A connection that keeps what the broker sends until the model has looked at it. */
final class ModelLink implements ClientLink {
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

    private final List<Packet> sent = new ArrayList<>();
    private final LongSupplier clock;
    private Lane lane;
    boolean stalled;
    boolean closed;
    boolean paused;

    ModelLink(Lane lane, LongSupplier clock) {
        this.lane = lane;
        this.clock = clock;
    }

    /** What was sent since the last call; a message has what is left of its expiry. */
    List<Packet> take() {
        List<Packet> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    boolean hasSent(Class<? extends Packet> type) {
        return sent.stream().anyMatch(type::isInstance);
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
        Message message = publication.message();
        long left = publication.remainingExpirySeconds(clock.getAsLong());
        Message seen = message.withQos(qos)
                .withRetain(retain)
                .withProperties(message.properties().withExpirySeconds(left));
        sent.add(new Publish(seen, dup, packetId, 0, subscriptionIds));
        return Outcome.SENT;
    }

    @Override
    public void send(Packet packet) {
        if (!closed) {
            sent.add(packet);
        }
    }

    /** Nothing holds it: the model leaves memory and hand-over without limits. */
    @Override
    public void holdReading(boolean held) {
        if (held) {
            throw new AssertionError("a client is held though nothing is scarce");
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
        return "";
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
        return !stalled && !closed;
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
    public void moveTo(Lane target, Runnable then) {
        lane = target;
        target.execute(then);
    }

    @Override
    public void maximumPacketSize(int bytes) {}

    @Override
    public void connected(MqttVersion version, int keepAliveSeconds) {}

    @Override
    public void close() {
        closed = true;
    }
}

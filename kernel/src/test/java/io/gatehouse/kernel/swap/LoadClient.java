package io.gatehouse.kernel.swap;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.transport.MqttLink;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.Subscription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A client that reads on a virtual thread of its own all the time; any thread may send. */
final class LoadClient implements AutoCloseable {
    static final String DISCONNECTED = "dropped connections";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final MqttLink link;
    private final Findings findings;
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean closed;

    /** What to do with what comes; called by the reading thread. */
    interface Handler {
        void received(Packet packet) throws IOException;
    }

    LoadClient(InetSocketAddress address, String name, Findings findings) throws IOException {
        this.name = name;
        this.findings = findings;
        this.link = MqttLink.open(address.getHostString(), address.getPort(), PATIENCE);
    }

    String name() {
        return name;
    }

    /** Sends CONNECT and waits for the answer. */
    ReasonCode connect(String password) throws IOException {
        link.send(new Connect(
                MqttVersion.V5, true, 0, name, name, Secret.ofUtf8(password), null, ConnectProperties.DEFAULTS));
        return next(ConnAck.class).reason();
    }

    /** Subscribes with QoS 2 and waits for the answer; only before {@link #listen}. */
    ReasonCode subscribe(String filter) throws IOException {
        link.send(new Subscribe(1, List.of(Subscription.of(filter, Qos.EXACTLY_ONCE)), 0, List.of()));
        return next(SubAck.class).reasons().getFirst();
    }

    /** Waits for the next packet, which has to be such a one; only before {@link #listen}. */
    <T extends Packet> T next(Class<T> type) throws IOException {
        Packet packet = link.receive(PATIENCE).orElseThrow(() -> new IOException(name + " got no answer in time"));
        if (!type.isInstance(packet)) {
            throw new IOException(name + " got " + packet + " instead of " + type.getSimpleName());
        }
        return type.cast(packet);
    }

    /** From now on everything that comes goes to the handler. */
    void listen(Handler handler) {
        Thread.ofVirtual().name(name).start(() -> read(handler));
    }

    void send(Packet packet) throws IOException {
        sending.lock();
        try {
            link.send(packet);
        } finally {
            sending.unlock();
        }
    }

    private void read(Handler handler) {
        try {
            while (!closed) {
                Packet packet = link.receive(PATIENCE).orElse(null);
                if (packet instanceof Disconnect disconnect) {
                    throw new IOException("told " + disconnect.reason());
                } else if (packet != null) {
                    handler.received(packet);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                findings.add(DISCONNECTED, name + ": " + e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        link.close();
    }
}

package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.kernel.transport.MqttLink;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;

/** A client that does one thing at a time and says exactly what came back. */
final class TestClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MqttLink link;
    private int packetId;

    private TestClient(MqttLink link) {
        this.link = link;
    }

    static TestClient open(InetSocketAddress address) throws IOException {
        return new TestClient(MqttLink.open(address.getHostString(), address.getPort(), PATIENCE));
    }

    void send(Packet packet) throws IOException {
        link.send(packet);
    }

    /** The next packet, which must be one of this type. */
    <T extends Packet> T expect(Class<T> type) throws IOException {
        Packet packet = link.receive(PATIENCE)
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " came in time"));
        assertThat(packet).isInstanceOf(type);
        return type.cast(packet);
    }

    /** Connects; the client must be let in. */
    ConnAck connect(Connect connect) throws IOException {
        ConnAck answer = tryConnect(connect);
        assertThat(answer.reason()).isEqualTo(ReasonCode.SUCCESS);
        return answer;
    }

    ConnAck tryConnect(Connect connect) throws IOException {
        send(connect);
        return expect(ConnAck.class);
    }

    /** Subscribes with QoS 1. */
    ReasonCode subscribe(String filter) throws IOException {
        packetId++;
        send(new Subscribe(packetId, List.of(Subscription.of(filter, Qos.AT_LEAST_ONCE)), 0, List.of()));
        return expect(SubAck.class).reasons().getFirst();
    }

    ReasonCode unsubscribe(String filter) throws IOException {
        packetId++;
        send(new Unsubscribe(packetId, List.of(filter), List.of()));
        return expect(UnsubAck.class).reasons().getFirst();
    }

    /** Publishes with QoS 1 and waits for the answer. */
    ReasonCode publish(String topic, String text) throws IOException {
        sendPublish(topic, text);
        return expect(PubAck.class).reason();
    }

    /** Publishes with QoS 1 and waits for nothing. */
    void sendPublish(String topic, String text) throws IOException {
        packetId++;
        Message message = Message.of(topic, Payload.ofUtf8(text)).withQos(Qos.AT_LEAST_ONCE);
        send(new Publish(message, false, packetId, 0, List.of()));
    }

    /** The next message, acknowledged. */
    Message receive() throws IOException {
        Publish publish = expect(Publish.class);
        if (publish.message().qos() == Qos.AT_LEAST_ONCE) {
            send(new PubAck(publish.packetId()));
        }
        return publish.message();
    }

    String receiveText() throws IOException {
        return receive().payload().asUtf8();
    }

    /** Makes sure that everything sent before has been handled and that nothing else came. */
    void ping() throws IOException {
        send(new PingReq());
        expect(PingResp.class);
    }

    /** Waits until the broker disconnects an MQTT 5 client. */
    ReasonCode disconnected() throws IOException {
        ReasonCode reason = expect(Disconnect.class).reason();
        expectClosed();
        return reason;
    }

    /** Waits for the end of the connection; nothing may come before it. */
    void expectClosed() throws IOException {
        try {
            assertThat(link.receive(PATIENCE)).as("the end of the connection").isNull();
        } catch (EOFException | SocketException closed) {
            // as it should be
        }
    }

    /** Goes without a DISCONNECT, so that its will is sent. */
    @Override
    public void close() throws IOException {
        link.close();
    }
}

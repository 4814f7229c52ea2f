package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.fakes.RecordingLink;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of {@link TestBroker}. */
final class TestClient {
    private final TestBroker broker;
    final RecordingLink link;
    final ClientContext context;

    TestClient(TestBroker broker) {
        this.broker = broker;
        this.link = new RecordingLink(broker.lanes.getFirst());
        this.context = broker.core.dispatcher().opened(link);
    }

    static Connect connect5(String clientId, boolean cleanStart, long expirySeconds) {
        return connect5(clientId, cleanStart, expirySeconds, null);
    }

    static Connect connect5(String clientId, boolean cleanStart, long expirySeconds, @Nullable Will will) {
        return new Connect(
                MqttVersion.V5,
                cleanStart,
                60,
                clientId,
                "user",
                null,
                will,
                new ConnectProperties(expirySeconds, 10, 1 << 20, 0, false, true, List.of(), null, null));
    }

    static Connect connect311(String clientId, boolean cleanSession) {
        return new Connect(
                MqttVersion.V3_1_1, cleanSession, 60, clientId, "user", null, null, ConnectProperties.DEFAULTS);
    }

    /** A packet arrives; the lanes settle afterwards. */
    void send(Packet packet) {
        broker.core.dispatcher().packet(context, packet);
        broker.settle();
    }

    /** The same, and waits until the client is listened to again. */
    void sendAndWait(Packet packet) {
        send(packet);
        broker.until(() -> !link.paused);
    }

    /** The connection is lost. */
    void lose() {
        link.closed = true;
        broker.core.dispatcher().closed(context);
        broker.settle();
    }

    boolean isAnswered() {
        return !link.sent(ConnAck.class).isEmpty();
    }

    ConnAck connAck() {
        return link.sent(ConnAck.class).getFirst();
    }

    /** Publishes and tells the reason of the acknowledgement. */
    ReasonCode publish(Message message, int packetId) {
        link.take();
        sendAndWait(new Publish(message, false, packetId, 0, List.of()));
        return message.qos() == Qos.AT_LEAST_ONCE
                ? link.sent(PubAck.class).getFirst().reason()
                : link.sent(PubRec.class).getFirst().reason();
    }

    List<ReasonCode> subscribe(Subscription... subscriptions) {
        sendAndWait(new Subscribe(99, List.of(subscriptions), 0, List.of()));
        return link.sent(SubAck.class).getLast().reasons();
    }

    ReasonCode subscribe(String filter, Qos qos) {
        return subscribe(Subscription.of(filter, qos)).getFirst();
    }

    ReasonCode unsubscribe(String filter) {
        sendAndWait(new Unsubscribe(98, List.of(filter), List.of()));
        return link.sent(UnsubAck.class).getLast().reasons().getFirst();
    }
}

package io.gatehouse.sdk.testing;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT 5 client for tests. Its methods block until the broker has answered; one thread uses it. Answers are reason codes: a test that
 * expects a refusal compares, nothing is thrown.
 */
public final class TestClient implements AutoCloseable {
    private final ClientSettings settings;
    private final Mqtt5BlockingClient client;
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();

    TestClient(ClientSettings settings) {
        this.settings = settings;
        Mqtt5AsyncClient async = Mqtt5Client.builder()
                .identifier(settings.clientId())
                .serverHost("127.0.0.1")
                .serverPort(settings.port())
                .buildAsync();
        async.publishes(MqttGlobalPublishFilter.ALL, message -> inbox.add(HiveMq.message(message)));
        client = async.toBlocking();
    }

    ReasonCode connect() {
        try {
            return HiveMq.reason(client.connect(connectPacket()).getReasonCode());
        } catch (Mqtt5ConnAckException e) {
            return HiveMq.reason(e.getMqttMessage().getReasonCode());
        }
    }

    private Mqtt5Connect connectPacket() {
        Mqtt5ConnectBuilder connect = Mqtt5Connect.builder().cleanStart(true);
        String username = settings.username();
        String password = settings.password();
        if (username != null && password != null) {
            connect = connect.simpleAuth()
                    .username(username)
                    .password(password.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth();
        }
        ClientSettings.Conversation conversation = settings.conversation();
        return conversation == null
                ? connect.build()
                : connect.enhancedAuth(new HiveMqConversation(conversation)).build();
    }

    /** Subscribes and gives the broker's answer: the granted QoS, or why not. */
    public ReasonCode subscribe(String filter, Qos qos) {
        try {
            return HiveMq.reason(client.subscribeWith()
                    .topicFilter(filter)
                    .qos(HiveMq.qos(qos))
                    .send()
                    .getReasonCodes()
                    .getFirst());
        } catch (Mqtt5SubAckException e) {
            return HiveMq.reason(e.getMqttMessage().getReasonCodes().getFirst());
        }
    }

    /** Publishes with QoS 1 and gives the broker's answer. */
    public ReasonCode publish(String topic, String payload) {
        return publish(Message.of(topic, Payload.ofUtf8(payload)).withQos(Qos.AT_LEAST_ONCE));
    }

    /**
     * Publishes. The properties of the message are not sent.
     *
     * @return the broker's answer; success at once for QoS 0, which is not answered
     */
    public ReasonCode publish(Message message) {
        try {
            Mqtt5PublishResult result = client.publish(Mqtt5Publish.builder()
                    .topic(message.topic())
                    .payload(message.payload().toByteArray())
                    .qos(HiveMq.qos(message.qos()))
                    .retain(message.retain())
                    .build());
            return HiveMq.reason(result);
        } catch (Mqtt5PubAckException e) {
            return HiveMq.reason(e.getMqttMessage().getReasonCode());
        } catch (Mqtt5PubRecException e) {
            return HiveMq.reason(e.getMqttMessage().getReasonCode());
        }
    }

    /** The next message; waits for it, and fails when none comes. */
    public Message receive() {
        Message message = poll(Waiting.PATIENCE);
        if (message == null) {
            throw new AssertionError("the client " + settings.clientId() + " got no message within "
                    + Waiting.PATIENCE.toSeconds() + " s");
        }
        return message;
    }

    /**
     * Fails when a message comes within this time. It proves little, since the message may come later: better publish another one and see
     * that it comes first.
     */
    public void receiveNothing(Duration within) {
        Message message = poll(within);
        if (message != null) {
            throw new AssertionError("the client " + settings.clientId() + " got a message on " + message.topic());
        }
    }

    private @Nullable Message poll(Duration within) {
        try {
            return inbox.poll(within.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted while it waited", e);
        }
    }

    /** True while the connection stands. */
    public boolean isConnected() {
        return client.getState().isConnected();
    }

    /** Waits until the broker has closed the connection. */
    public void awaitDisconnected() {
        Waiting.until(() -> !isConnected(), () -> "the client " + settings.clientId() + " is still connected");
    }

    @Override
    public void close() {
        if (isConnected()) {
            client.disconnect();
        }
    }
}

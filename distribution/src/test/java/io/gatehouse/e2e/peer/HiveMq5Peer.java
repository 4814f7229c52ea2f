package io.gatehouse.e2e.peer;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;

/** The HiveMQ client, MQTT 5. */
final class HiveMq5Peer implements Peer {
    private final Mqtt5BlockingClient client;
    private final Inbox inbox = new Inbox();

    HiveMq5Peer(PeerSettings settings) throws Refused {
        Mqtt5ClientBuilder builder = Mqtt5Client.builder()
                .identifier(settings.clientId())
                .serverHost("127.0.0.1")
                .serverPort(settings.port());
        if (settings.webSocket()) {
            builder = builder.webSocketConfig(
                    MqttWebSocketConfig.builder().serverPath("mqtt").build());
        }
        Mqtt5AsyncClient async = builder.buildAsync();
        async.publishes(MqttGlobalPublishFilter.ALL, this::received);
        client = async.toBlocking();
        try {
            client.connect(connect(settings));
        } catch (Mqtt5ConnAckException e) {
            throw new Refused(e.getMqttMessage().getReasonCode().getCode(), e);
        }
    }

    private static Mqtt5Connect connect(PeerSettings settings) {
        Mqtt5ConnectBuilder connect = Mqtt5Connect.builder()
                .cleanStart(!settings.keepSession())
                .sessionExpiryInterval(settings.keepSession() ? PeerSettings.KEPT_SECONDS : 0);
        if (settings.username() != null && settings.password() != null) {
            connect = connect.simpleAuth(Mqtt5SimpleAuth.builder()
                    .username(settings.username())
                    .password(settings.password().getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        if (settings.willTopic() != null) {
            connect = connect.willPublish(Mqtt5Publish.builder()
                    .topic(settings.willTopic())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(PeerSettings.WILL_PAYLOAD.getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        return connect.build();
    }

    private void received(Mqtt5Publish message) {
        inbox.add(new Received(
                message.getTopic().toString(),
                new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8),
                message.getQos().getCode(),
                message.isRetain()));
    }

    @Override
    public void subscribe(String filter, int qos) throws Refused {
        try {
            client.subscribeWith().topicFilter(filter).qos(qos(qos)).send();
        } catch (Mqtt5SubAckException e) {
            throw new Refused(e.getMqttMessage().getReasonCodes().getFirst().getCode(), e);
        }
    }

    @Override
    public void publish(String topic, String payload, int qos, boolean retain) throws Refused {
        try {
            client.publishWith()
                    .topic(topic)
                    .qos(qos(qos))
                    .retain(retain)
                    .payload(payload.getBytes(StandardCharsets.UTF_8))
                    .send();
        } catch (Mqtt5PubAckException e) {
            throw new Refused(e.getMqttMessage().getReasonCode().getCode(), e);
        } catch (Mqtt5PubRecException e) {
            throw new Refused(e.getMqttMessage().getReasonCode().getCode(), e);
        }
    }

    @Override
    public Received next() {
        return inbox.next();
    }

    @Override
    public void disconnect() {
        client.disconnect();
    }

    @Override
    public void close() {
        if (client.getState().isConnected()) {
            client.disconnect();
        }
    }

    static MqttQos qos(int qos) {
        return switch (qos) {
            case 0 -> MqttQos.AT_MOST_ONCE;
            case 1 -> MqttQos.AT_LEAST_ONCE;
            case 2 -> MqttQos.EXACTLY_ONCE;
            default -> throw new IllegalArgumentException("QoS " + qos);
        };
    }
}

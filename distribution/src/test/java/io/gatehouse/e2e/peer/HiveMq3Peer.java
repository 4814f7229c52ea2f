package io.gatehouse.e2e.peer;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt3.message.auth.Mqtt3SimpleAuth;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3Connect;
import com.hivemq.client.mqtt.mqtt3.message.connect.Mqtt3ConnectBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.nio.charset.StandardCharsets;

/** The HiveMQ client, MQTT 3.1.1. */
final class HiveMq3Peer implements Peer {
    private final Mqtt3BlockingClient client;
    private final Inbox inbox = new Inbox();

    HiveMq3Peer(PeerSettings settings) throws Refused {
        Mqtt3ClientBuilder builder = Mqtt3Client.builder()
                .identifier(settings.clientId())
                .serverHost("127.0.0.1")
                .serverPort(settings.port());
        if (settings.webSocket()) {
            builder = builder.webSocketConfig(
                    MqttWebSocketConfig.builder().serverPath("mqtt").build());
        }
        Mqtt3AsyncClient async = builder.buildAsync();
        async.publishes(MqttGlobalPublishFilter.ALL, this::received);
        client = async.toBlocking();
        try {
            client.connect(connect(settings));
        } catch (Mqtt3ConnAckException e) {
            throw new Refused(e.getMqttMessage().getReturnCode().getCode(), e);
        }
    }

    private static Mqtt3Connect connect(PeerSettings settings) {
        Mqtt3ConnectBuilder connect = Mqtt3Connect.builder().cleanSession(!settings.keepSession());
        if (settings.username() != null && settings.password() != null) {
            connect = connect.simpleAuth(Mqtt3SimpleAuth.builder()
                    .username(settings.username())
                    .password(settings.password().getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        if (settings.willTopic() != null) {
            connect = connect.willPublish(Mqtt3Publish.builder()
                    .topic(settings.willTopic())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(PeerSettings.WILL_PAYLOAD.getBytes(StandardCharsets.UTF_8))
                    .build());
        }
        return connect.build();
    }

    private void received(Mqtt3Publish message) {
        inbox.add(new Received(
                message.getTopic().toString(),
                new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8),
                message.getQos().getCode(),
                message.isRetain()));
    }

    @Override
    public void subscribe(String filter, int qos) throws Refused {
        try {
            client.subscribeWith().topicFilter(filter).qos(HiveMq5Peer.qos(qos)).send();
        } catch (Mqtt3SubAckException e) {
            throw new Refused(e.getMqttMessage().getReturnCodes().getFirst().getCode(), e);
        }
    }

    @Override
    public void publish(String topic, String payload, int qos, boolean retain) {
        client.publishWith()
                .topic(topic)
                .qos(HiveMq5Peer.qos(qos))
                .retain(retain)
                .payload(payload.getBytes(StandardCharsets.UTF_8))
                .send();
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
}

package io.gatehouse.e2e.peer;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** Eclipse Paho, MQTT 3.1 or 3.1.1. */
final class Paho3Peer implements Peer, MqttCallback {
    private static final long PATIENCE_MILLIS = 20_000;

    private final MqttClient client;
    private final Inbox inbox = new Inbox();

    /** @param level 3 for MQTT 3.1, 4 for 3.1.1 */
    Paho3Peer(PeerSettings settings, int level) throws Refused {
        try {
            client = new MqttClient(settings.uri(), settings.clientId(), new MemoryPersistence());
            client.setTimeToWait(PATIENCE_MILLIS);
            client.setCallback(this);
            client.connect(options(settings, level));
        } catch (MqttException e) {
            throw new Refused(e.getReasonCode(), e);
        }
    }

    private static MqttConnectOptions options(PeerSettings settings, int level) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(level);
        options.setCleanSession(!settings.keepSession());
        if (settings.username() != null && settings.password() != null) {
            options.setUserName(settings.username());
            options.setPassword(settings.password().toCharArray());
        }
        if (settings.willTopic() != null) {
            options.setWill(settings.willTopic(), PeerSettings.WILL_PAYLOAD.getBytes(StandardCharsets.UTF_8), 1, false);
        }
        return options;
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        inbox.add(new Received(
                topic,
                new String(message.getPayload(), StandardCharsets.UTF_8),
                message.getQos(),
                message.isRetained()));
    }

    @Override
    public void connectionLost(Throwable cause) {
        // tests cut connections
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // publish waits for it
    }

    @Override
    public void subscribe(String filter, int qos) throws Refused {
        try {
            client.subscribe(filter, qos);
        } catch (MqttException e) {
            throw new Refused(e.getReasonCode(), e);
        }
    }

    @Override
    public void publish(String topic, String payload, int qos, boolean retain) throws Refused {
        try {
            client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retain);
        } catch (MqttException e) {
            throw new Refused(e.getReasonCode(), e);
        }
    }

    @Override
    public Received next() {
        return inbox.next();
    }

    @Override
    public void disconnect() {
        try {
            client.disconnect();
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 1);
            }
            client.close(true);
        } catch (MqttException e) {
            // it is gone already
        }
    }
}

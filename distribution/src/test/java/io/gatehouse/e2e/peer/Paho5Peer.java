package io.gatehouse.e2e.peer;

import java.nio.charset.StandardCharsets;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Eclipse Paho, MQTT 5. */
final class Paho5Peer implements Peer, MqttCallback {
    private static final long PATIENCE_MILLIS = 20_000;
    private static final int FIRST_FAILURE = 0x80;

    private final MqttAsyncClient client;
    private final Inbox inbox = new Inbox();

    Paho5Peer(PeerSettings settings) throws Refused {
        try {
            client = new MqttAsyncClient(settings.uri(), settings.clientId(), new MemoryPersistence());
            client.setCallback(this);
            client.connect(options(settings)).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new Refused(e.getReasonCode(), e);
        }
    }

    private static MqttConnectionOptions options(PeerSettings settings) {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(!settings.keepSession());
        options.setSessionExpiryInterval(settings.keepSession() ? PeerSettings.KEPT_SECONDS : 0L);
        if (settings.username() != null && settings.password() != null) {
            options.setUserName(settings.username());
            options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
        }
        if (settings.willTopic() != null) {
            options.setWill(
                    settings.willTopic(),
                    new MqttMessage(PeerSettings.WILL_PAYLOAD.getBytes(StandardCharsets.UTF_8), 1, false, null));
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
    public void subscribe(String filter, int qos) throws Refused {
        try {
            complete(client.subscribe(filter, qos));
        } catch (MqttException e) {
            throw new Refused(e.getReasonCode(), e);
        }
    }

    @Override
    public void publish(String topic, String payload, int qos, boolean retain) throws Refused {
        try {
            complete(client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, retain));
        } catch (MqttException e) {
            throw new Refused(e.getReasonCode(), e);
        }
    }

    /** The library tells a refusal now by an exception, now by the token alone. */
    private static void complete(IMqttToken token) throws MqttException, Refused {
        token.waitForCompletion(PATIENCE_MILLIS);
        int[] reasons = token.getReasonCodes();
        if (reasons != null && reasons.length > 0 && reasons[0] >= FIRST_FAILURE) {
            throw new Refused(reasons[0], new MqttException(reasons[0]));
        }
    }

    @Override
    public Received next() {
        return inbox.next();
    }

    @Override
    public void disconnect() {
        try {
            client.disconnect().waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 1, false);
            }
            client.close(true);
        } catch (MqttException e) {
            // it is gone already
        }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
        // tests cut connections
    }

    @Override
    public void mqttErrorOccurred(MqttException exception) {
        // what it concerns fails by itself
    }

    @Override
    public void deliveryComplete(IMqttToken token) {
        // publish waits for it
    }

    @Override
    public void connectComplete(boolean reconnect, String server) {
        // the constructor waits for it
    }

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {
        // no enhanced authentication with this client
    }
}

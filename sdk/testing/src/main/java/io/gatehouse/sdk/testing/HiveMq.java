package io.gatehouse.sdk.testing;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.Mqtt5ReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;

/** The values of the MQTT client library as those of the SDK, and back. */
final class HiveMq {
    private HiveMq() {}

    static ReasonCode reason(Mqtt5ReasonCode code) {
        return ReasonCode.of(code.getCode()).orElse(ReasonCode.UNSPECIFIED_ERROR);
    }

    static ReasonCode reason(Mqtt5PublishResult result) {
        return switch (result) {
            case Mqtt5PublishResult.Mqtt5Qos1Result one ->
                reason(one.getPubAck().getReasonCode());
            case Mqtt5PublishResult.Mqtt5Qos2Result two ->
                reason(two.getPubRec().getReasonCode());
            default -> ReasonCode.SUCCESS;
        };
    }

    static MqttQos qos(Qos qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> MqttQos.AT_MOST_ONCE;
            case AT_LEAST_ONCE -> MqttQos.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> MqttQos.EXACTLY_ONCE;
        };
    }

    static Message message(Mqtt5Publish publish) {
        return new Message(
                publish.getTopic().toString(),
                Payload.ofOwned(publish.getPayloadAsBytes()),
                Qos.of(publish.getQos().getCode()),
                publish.isRetain(),
                MessageProperties.NONE.withUserProperties(publish.getUserProperties().asList().stream()
                        .map(property -> new UserProperty(
                                property.getName().toString(),
                                property.getValue().toString()))
                        .toList()));
    }
}

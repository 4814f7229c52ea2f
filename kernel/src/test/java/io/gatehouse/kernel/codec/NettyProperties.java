package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.handler.codec.mqtt.MqttProperties;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Collects properties for one of Netty's messages, by the identifiers of the specification. What is null is left out. */
final class NettyProperties {
    private final MqttProperties properties = new MqttProperties();
    private final Random random;

    /** @param random whether a value is written that is the default */
    NettyProperties(Random random) {
        this.random = random;
    }

    MqttProperties made() {
        return properties;
    }

    NettyProperties number(int identifier, @Nullable Number value) {
        if (value != null) {
            properties.add(new MqttProperties.IntegerProperty(identifier, (int) value.longValue()));
        }
        return this;
    }

    NettyProperties number(int identifier, long value, long whenAbsent) {
        // The largest int stands for "no limit" in our packets; only leaving it out says so in Netty's.
        boolean mayStand = whenAbsent != Integer.MAX_VALUE && random.nextInt(4) == 0;
        return value != whenAbsent || mayStand ? number(identifier, (Long) value) : this;
    }

    NettyProperties flag(int identifier, boolean value, boolean whenAbsent) {
        return number(identifier, value ? 1 : 0, whenAbsent ? 1 : 0);
    }

    /** QoS 2 is told by telling nothing. */
    NettyProperties maximumQos(Qos value) {
        return value == Qos.EXACTLY_ONCE ? this : number(0x24, (Integer) value.level());
    }

    NettyProperties text(int identifier, @Nullable String value) {
        if (value != null) {
            properties.add(new MqttProperties.StringProperty(identifier, value));
        }
        return this;
    }

    NettyProperties data(int identifier, @Nullable Payload value) {
        if (value != null) {
            properties.add(new MqttProperties.BinaryProperty(identifier, value.toByteArray()));
        }
        return this;
    }

    NettyProperties user(List<UserProperty> values) {
        values.forEach(value -> properties.add(new MqttProperties.UserProperty(value.name(), value.value())));
        return this;
    }

    /** Those of an application message. */
    NettyProperties message(MessageProperties message) {
        if (message.expirySeconds() != MessageProperties.NO_EXPIRY) {
            number(0x02, (Long) message.expirySeconds());
        }
        return flag(0x01, message.utf8Payload(), false)
                .text(0x03, message.contentType())
                .text(0x08, message.responseTopic())
                .data(0x09, message.correlationData())
                .user(message.userProperties());
    }
}

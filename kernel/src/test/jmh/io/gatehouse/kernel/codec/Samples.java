package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** The packets of the codec's benchmarks: a topic of four levels, 256 bytes of payload. */
public enum Samples {
    CONNECT_3(MqttVersion.V3_1_1, connect(MqttVersion.V3_1_1)),
    CONNECT_5(MqttVersion.V5, connect(MqttVersion.V5)),
    PUBLISH_3_QOS0(MqttVersion.V3_1_1, publish(Qos.AT_MOST_ONCE, MessageProperties.NONE)),
    PUBLISH_3_QOS1(MqttVersion.V3_1_1, publish(Qos.AT_LEAST_ONCE, MessageProperties.NONE)),
    PUBLISH_5_QOS0(MqttVersion.V5, publish(Qos.AT_MOST_ONCE, MessageProperties.NONE)),
    PUBLISH_5_QOS1(MqttVersion.V5, publish(Qos.AT_LEAST_ONCE, MessageProperties.NONE)),
    PUBLISH_5_PROPERTIES(MqttVersion.V5, publish(Qos.AT_LEAST_ONCE, properties())),
    PUBACK_3(MqttVersion.V3_1_1, new PubAck(300)),
    SUBSCRIBE_5(MqttVersion.V5, subscribe());

    final MqttVersion version;
    final Packet packet;

    Samples(MqttVersion version, Packet packet) {
        this.version = version;
        this.packet = packet;
    }

    /** The packet on the wire. */
    ByteBuf bytes() {
        ByteBuf out = Unpooled.directBuffer();
        PacketEncoder.encode(packet, version, Integer.MAX_VALUE, out);
        return out;
    }

    private static Message message(Qos qos, MessageProperties properties) {
        return new Message("site/7/device-0042/temperature", Payload.ofOwned(new byte[256]), qos, false, properties);
    }

    private static MessageProperties properties() {
        return new MessageProperties(
                true,
                3_600,
                "application/json",
                "site/7/answers",
                Payload.ofUtf8("correlation-1234"),
                List.of(new UserProperty("unit", "celsius"), new UserProperty("trace", "4bf92f3577b34da6")));
    }

    private static Publish publish(Qos qos, MessageProperties properties) {
        return new Publish(message(qos, properties), false, qos == Qos.AT_MOST_ONCE ? 0 : 300, 0, List.of());
    }

    private static Connect connect(MqttVersion version) {
        return new Connect(
                version,
                false,
                60,
                "device-0042",
                "user",
                Secret.ofUtf8("a password"),
                new Will(message(Qos.AT_LEAST_ONCE, MessageProperties.NONE), 0),
                version == MqttVersion.V5
                        ? new ConnectProperties(3_600, 100, 1 << 20, 10, false, true, List.of(), null, null)
                        : ConnectProperties.DEFAULTS);
    }

    private static Subscribe subscribe() {
        return new Subscribe(
                7,
                List.of(
                        Subscription.of("site/+/device-0042/#", Qos.AT_LEAST_ONCE),
                        Subscription.of("commands/device-0042", Qos.EXACTLY_ONCE)),
                42,
                List.of());
    }
}

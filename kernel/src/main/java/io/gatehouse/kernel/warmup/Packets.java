package io.gatehouse.kernel.warmup;

import io.gatehouse.kernel.codec.PacketEncoder;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** What the clients of the {@link Stage} send, as bytes. */
final class Packets {
    private static final String USER = "warm-up";
    private static final int PASSWORD_BYTES = 16;
    private static final int PAYLOAD = 200;
    private static final int KEEP_ALIVE = 60;
    private static final long KEPT_SECONDS = 3_600;

    private final Secret password = random();

    private static Secret random() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Secret.ofUtf8(HexFormat.of().formatHex(bytes));
    }

    /** The only one that the stage takes. */
    Secret password() {
        return password;
    }

    byte[] connect(MqttVersion version, String clientId, boolean clean) {
        ConnectProperties plain = ConnectProperties.DEFAULTS;
        ConnectProperties properties = new ConnectProperties(
                clean || version != MqttVersion.V5 ? 0 : KEPT_SECONDS,
                plain.receiveMaximum(),
                plain.maximumPacketSize(),
                plain.topicAliasMaximum(),
                false,
                true,
                List.of(),
                null,
                null);
        return bytes(version, new Connect(version, clean, KEEP_ALIVE, clientId, USER, password, null, properties));
    }

    byte[] subscribe(MqttVersion version, Qos qos, List<String> filters) {
        List<Subscription> asked =
                filters.stream().map(filter -> Subscription.of(filter, qos)).toList();
        return bytes(version, new Subscribe(1, asked, 0, List.of()));
    }

    byte[] unsubscribe(MqttVersion version, List<String> filters) {
        return bytes(version, new Unsubscribe(1, filters, List.of()));
    }

    byte[] ping(MqttVersion version) {
        return bytes(version, new PingReq());
    }

    byte[] disconnect(MqttVersion version) {
        return bytes(version, new Disconnect(ReasonCode.SUCCESS));
    }

    /** One message for each topic, with packet identifiers from one on. */
    byte[] publish(MqttVersion version, Qos qos, boolean retain, List<String> topics) {
        return bytes(
                version,
                IntStream.range(0, topics.size())
                        .mapToObj(i -> publish(topics.get(i), qos, retain, i + 1))
                        .toArray(Packet[]::new));
    }

    private static Publish publish(String topic, Qos qos, boolean retain, int packetId) {
        Message message = Message.of(topic, Payload.ofOwned(new byte[PAYLOAD]))
                .withQos(qos)
                .withRetain(retain);
        return new Publish(message, false, qos == Qos.AT_MOST_ONCE ? 0 : packetId, 0, List.of());
    }

    private static byte[] bytes(MqttVersion version, Packet... packets) {
        ByteBuf bytes = Unpooled.buffer();
        for (Packet packet : packets) {
            if (!PacketEncoder.encode(packet, version, Integer.MAX_VALUE, bytes)) {
                throw new IllegalArgumentException("a packet that is too large");
            }
        }
        return ByteBufUtil.getBytes(bytes);
    }
}

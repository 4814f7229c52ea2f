package io.gatehouse.kernel.codec;

import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What one of Netty's messages says, every field of it, in words that can be compared; properties that have their default are left out. */
final class NettyText {
    /** The values that mean the same as leaving the property out. */
    private static final Map<Integer, Long> DEFAULTS = Map.of(
            0x01, 0L, 0x17, 1L, 0x18, 0L, 0x19, 0L, 0x21, 65_535L, 0x22, 0L, 0x25, 1L, 0x28, 1L, 0x29, 1L, 0x2A, 1L);

    private static final int SESSION_EXPIRY = 0x11;

    private final List<String> words = new ArrayList<>();
    private final BiConsumer<PropertyScope, Integer> seen;

    /** @param seen told each property and its place */
    NettyText(BiConsumer<PropertyScope, Integer> seen) {
        this.seen = seen;
    }

    String of(MqttMessage message) {
        words.clear();
        MqttFixedHeader fixed = message.fixedHeader();
        words.add(fixed.messageType() + " dup=" + fixed.isDup() + " qos=" + fixed.qosLevel() + " retain="
                + fixed.isRetain());
        header(fixed.messageType(), message.variableHeader());
        payload(message);
        return String.join("; ", words);
    }

    private static PropertyScope scope(MqttMessageType type) {
        return switch (type) {
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> PropertyScope.ACK;
            default -> PropertyScope.valueOf(type.name());
        };
    }

    private void header(MqttMessageType type, @Nullable Object header) {
        switch (header) {
            case null -> {}
            case MqttConnectVariableHeader connect -> {
                words.add("%s %d user=%s password=%s will=%s/%d/%s clean=%s keep-alive=%d"
                        .formatted(
                                connect.name(),
                                connect.version(),
                                connect.hasUserName(),
                                connect.hasPassword(),
                                connect.isWillFlag(),
                                connect.willQos(),
                                connect.isWillRetain(),
                                connect.isCleanSession(),
                                connect.keepAliveTimeSeconds()));
                properties(PropertyScope.CONNECT, connect.properties());
            }
            case MqttConnAckVariableHeader connAck -> {
                words.add(connAck.connectReturnCode() + " present=" + connAck.isSessionPresent());
                properties(PropertyScope.CONNACK, connAck.properties());
            }
            case MqttPublishVariableHeader publish -> {
                words.add("topic=" + publish.topicName() + " id=" + publish.packetId());
                properties(PropertyScope.PUBLISH, publish.properties());
            }
            case MqttPubReplyMessageVariableHeader reply -> {
                words.add("id=" + reply.messageId() + " reason=" + reply.reasonCode());
                properties(PropertyScope.ACK, reply.properties());
            }
            case MqttMessageIdAndPropertiesVariableHeader id -> {
                words.add("id=" + id.messageId());
                properties(scope(type), id.properties());
            }
            case MqttMessageIdVariableHeader id -> words.add("id=" + id.messageId());
            case MqttReasonCodeAndPropertiesVariableHeader reason -> {
                words.add("reason=" + reason.reasonCode());
                properties(scope(type), reason.properties());
            }
            default -> throw new IllegalArgumentException("unknown header " + header);
        }
    }

    private void payload(MqttMessage message) {
        if (message instanceof MqttPublishMessage publish) {
            words.add(ByteBufUtil.hexDump(publish.content()));
            return;
        }
        switch (message.payload()) {
            case null -> {}
            case MqttConnectPayload connect -> connect(connect);
            case MqttSubscribePayload subscribe ->
                subscribe.topicSubscriptions().forEach(one -> words.add(one.topicFilter() + " " + one.option()));
            case MqttSubAckPayload subAck -> words.add("reasons=" + subAck.reasonCodes());
            case MqttUnsubscribePayload unsubscribe -> words.add("filters=" + unsubscribe.topics());
            case MqttUnsubAckPayload unsubAck -> words.add("reasons=" + unsubAck.unsubscribeReasonCodes());
            default -> throw new IllegalArgumentException("unknown payload " + message.payload());
        }
    }

    private void connect(MqttConnectPayload connect) {
        words.add("client=" + connect.clientIdentifier() + " user=" + connect.userName() + " password="
                + Arrays.toString(connect.passwordInBytes()) + " will=" + connect.willTopic() + " "
                + Arrays.toString(connect.willMessageInBytes()));
        properties(PropertyScope.WILL, connect.willProperties());
    }

    private void properties(PropertyScope scope, MqttProperties properties) {
        Map<Integer, List<String>> values = new TreeMap<>();
        Set<Integer> identifiers = new TreeSet<>();
        for (MqttProperty<?> property : properties.listAll()) {
            identifiers.add(property.propertyId());
            String value = value(scope, property);
            if (!value.isEmpty()) {
                values.computeIfAbsent(property.propertyId(), _ -> new ArrayList<>())
                        .add(value);
            }
        }
        identifiers.forEach(identifier -> seen.accept(scope, identifier));
        words.add(scope + "=" + values);
    }

    /** Empty when it is the default. */
    private static String value(PropertyScope scope, MqttProperty<?> property) {
        return switch (property.value()) {
            case Integer number -> {
                long unsigned = number & 0xFFFF_FFFFL;
                Long whenAbsent = DEFAULTS.get(property.propertyId());
                boolean noExpiry = property.propertyId() == SESSION_EXPIRY && scope == PropertyScope.CONNECT;
                yield (whenAbsent != null && whenAbsent == unsigned) || (noExpiry && unsigned == 0)
                        ? ""
                        : "" + unsigned;
            }
            case byte[] bytes -> "x" + HexFormat.of().formatHex(bytes);
            case List<?> pairs when pairs.isEmpty() -> "";
            case List<?> pairs ->
                pairs.stream()
                        .map(MqttProperties.StringPair.class::cast)
                        .map(pair -> pair.key + "=" + pair.value)
                        .toList()
                        .toString();
            case MqttProperties.StringPair pair -> "[" + pair.key + "=" + pair.value + "]";
            default -> "'" + property.value() + "'";
        };
    }
}

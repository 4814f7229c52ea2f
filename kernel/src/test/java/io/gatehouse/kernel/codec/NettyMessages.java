package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Auth;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PingReq;
import io.gatehouse.kernel.packet.PingResp;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageFactory;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import io.netty.handler.codec.mqtt.MqttSubscribePayload;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnsubAckPayload;
import io.netty.handler.codec.mqtt.MqttUnsubscribePayload;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Our packets as Netty's messages, field by field, so that neither codec has a part in it. */
final class NettyMessages {
    private final MqttVersion version;
    private final Random random;

    /** @param random whether properties are written that have their default anyway */
    NettyMessages(MqttVersion version, Random random) {
        this.version = version;
        this.random = random;
    }

    MqttMessage of(Packet packet) {
        return switch (packet) {
            case Connect connect -> connect(connect);
            case ConnAck connAck -> connAck(connAck);
            case Publish publish -> publish(publish);
            case PubAck ack ->
                reply(MqttMessageType.PUBACK, ack.packetId(), ack.reason(), ack.reasonString(), ack.userProperties());
            case PubRec ack ->
                reply(MqttMessageType.PUBREC, ack.packetId(), ack.reason(), ack.reasonString(), ack.userProperties());
            case PubRel ack ->
                reply(MqttMessageType.PUBREL, ack.packetId(), ack.reason(), ack.reasonString(), ack.userProperties());
            case PubComp ack ->
                reply(MqttMessageType.PUBCOMP, ack.packetId(), ack.reason(), ack.reasonString(), ack.userProperties());
            case Subscribe subscribe -> subscribe(subscribe);
            case SubAck subAck -> subAck(subAck);
            case Unsubscribe unsubscribe ->
                message(
                        MqttMessageType.UNSUBSCRIBE,
                        header(unsubscribe.packetId(), properties().user(unsubscribe.userProperties())),
                        new MqttUnsubscribePayload(unsubscribe.filters()));
            case UnsubAck unsubAck -> unsubAck(unsubAck);
            case PingReq _ -> MqttMessage.PINGREQ;
            case PingResp _ -> MqttMessage.PINGRESP;
            case Disconnect disconnect -> disconnect(disconnect);
            case Auth auth ->
                message(
                        MqttMessageType.AUTH,
                        new MqttReasonCodeAndPropertiesVariableHeader(
                                (byte) auth.reason().code(),
                                properties()
                                        .text(0x15, auth.method())
                                        .data(0x16, auth.data())
                                        .text(0x1F, auth.reasonString())
                                        .user(auth.userProperties())
                                        .made()),
                        null);
        };
    }

    private NettyProperties properties() {
        return new NettyProperties(random);
    }

    private static MqttMessage message(MqttMessageType type, @Nullable Object header, @Nullable Object payload) {
        MqttQoS flags = switch (type) {
            case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> MqttQoS.AT_LEAST_ONCE;
            default -> MqttQoS.AT_MOST_ONCE;
        };
        return MqttMessageFactory.newMessage(new MqttFixedHeader(type, false, flags, false, 0), header, payload);
    }

    private static MqttMessageIdAndPropertiesVariableHeader header(int packetId, NettyProperties properties) {
        return new MqttMessageIdAndPropertiesVariableHeader(packetId, properties.made());
    }

    private MqttMessage connect(Connect connect) {
        Will will = connect.will();
        Secret password = connect.password();
        MqttConnectVariableHeader header = new MqttConnectVariableHeader(
                version == MqttVersion.V3_1 ? "MQIsdp" : "MQTT",
                switch (version) {
                    case V3_1 -> 3;
                    case V3_1_1 -> 4;
                    case V5 -> 5;
                },
                connect.username() != null,
                password != null,
                will != null && will.message().retain(),
                will == null ? 0 : will.message().qos().level(),
                will != null,
                connect.cleanStart(),
                connect.keepAliveSeconds(),
                connectProperties(connect));
        MqttConnectPayload payload = new MqttConnectPayload(
                connect.clientId(),
                will == null ? MqttProperties.NO_PROPERTIES : willProperties(will),
                will == null ? null : will.message().topic(),
                will == null ? null : will.message().payload().toByteArray(),
                connect.username(),
                password == null ? null : password.toByteArray());
        return message(MqttMessageType.CONNECT, header, payload);
    }

    private MqttProperties connectProperties(Connect connect) {
        return properties()
                .number(0x11, connect.properties().sessionExpirySeconds(), 0)
                .number(0x21, connect.properties().receiveMaximum(), 65_535)
                .number(0x27, connect.properties().maximumPacketSize(), Integer.MAX_VALUE)
                .number(0x22, connect.properties().topicAliasMaximum(), 0)
                .flag(0x19, connect.properties().requestResponseInformation(), false)
                .flag(0x17, connect.properties().requestProblemInformation(), true)
                .user(connect.properties().userProperties())
                .text(0x15, connect.properties().authenticationMethod())
                .data(0x16, connect.properties().authenticationData())
                .made();
    }

    private MqttProperties willProperties(Will will) {
        return properties()
                .number(0x18, will.delaySeconds(), 0)
                .message(will.message().properties())
                .made();
    }

    private MqttMessage connAck(ConnAck connAck) {
        int code = version == MqttVersion.V5 ? connAck.reason().code() : returnCode(connAck.reason());
        MqttProperties properties = properties()
                .number(0x11, connAck.properties().sessionExpirySeconds())
                .number(0x21, connAck.properties().receiveMaximum(), 65_535)
                .maximumQos(connAck.properties().maximumQos())
                .flag(0x25, connAck.properties().retainAvailable(), true)
                .number(0x27, connAck.properties().maximumPacketSize(), Integer.MAX_VALUE)
                .text(0x12, connAck.properties().assignedClientId())
                .number(0x22, connAck.properties().topicAliasMaximum(), 0)
                .text(0x1F, connAck.properties().reasonString())
                .user(connAck.properties().userProperties())
                .flag(0x28, connAck.properties().wildcardSubscriptionAvailable(), true)
                .flag(0x29, connAck.properties().subscriptionIdentifiersAvailable(), true)
                .flag(0x2A, connAck.properties().sharedSubscriptionAvailable(), true)
                .number(0x13, connAck.properties().serverKeepAliveSeconds())
                .text(0x1A, connAck.properties().responseInformation())
                .text(0x1C, connAck.properties().serverReference())
                .text(0x15, connAck.properties().authenticationMethod())
                .data(0x16, connAck.properties().authenticationData())
                .made();
        return message(
                MqttMessageType.CONNACK,
                new MqttConnAckVariableHeader(
                        MqttConnectReturnCode.valueOf((byte) code), connAck.sessionPresent(), properties),
                null);
    }

    /** Table 3.1 of MQTT 3.1.1. */
    private static int returnCode(ReasonCode reason) {
        return switch (reason) {
            case SUCCESS -> 0;
            case UNSUPPORTED_PROTOCOL_VERSION -> 1;
            case CLIENT_IDENTIFIER_NOT_VALID -> 2;
            case SERVER_UNAVAILABLE -> 3;
            case BAD_USER_NAME_OR_PASSWORD -> 4;
            case NOT_AUTHORIZED -> 5;
            default -> throw new IllegalArgumentException("no return code for " + reason);
        };
    }

    private MqttMessage publish(Publish publish) {
        NettyProperties properties = properties().message(publish.message().properties());
        if (publish.topicAlias() != 0) {
            properties.number(0x23, (long) publish.topicAlias());
        }
        publish.subscriptionIds().forEach(id -> properties.number(0x0B, (long) id));
        return MqttMessageFactory.newMessage(
                new MqttFixedHeader(
                        MqttMessageType.PUBLISH,
                        publish.dup(),
                        MqttQoS.valueOf(publish.message().qos().level()),
                        publish.message().retain(),
                        0),
                new MqttPublishVariableHeader(publish.message().topic(), publish.packetId(), properties.made()),
                Unpooled.wrappedBuffer(publish.message().payload().toByteArray()));
    }

    private MqttMessage reply(
            MqttMessageType type, int packetId, ReasonCode reason, @Nullable String text, List<UserProperty> user) {
        return message(
                type,
                new MqttPubReplyMessageVariableHeader(
                        packetId,
                        (byte) reason.code(),
                        properties().text(0x1F, text).user(user).made()),
                null);
    }

    private MqttMessage subscribe(Subscribe subscribe) {
        NettyProperties properties = properties().user(subscribe.userProperties());
        if (subscribe.subscriptionId() != 0) {
            properties.number(0x0B, (long) subscribe.subscriptionId());
        }
        return message(
                MqttMessageType.SUBSCRIBE,
                header(subscribe.packetId(), properties),
                new MqttSubscribePayload(subscribe.subscriptions().stream()
                        .map(NettyMessages::subscription)
                        .toList()));
    }

    private static MqttTopicSubscription subscription(Subscription subscription) {
        RetainedHandlingPolicy handling = switch (subscription.retainHandling()) {
            case SEND -> RetainedHandlingPolicy.SEND_AT_SUBSCRIBE;
            case SEND_IF_NEW -> RetainedHandlingPolicy.SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS;
            case DO_NOT_SEND -> RetainedHandlingPolicy.DONT_SEND_AT_SUBSCRIBE;
        };
        return new MqttTopicSubscription(
                subscription.filter(),
                new MqttSubscriptionOption(
                        MqttQoS.valueOf(subscription.maximumQos().level()),
                        subscription.noLocal(),
                        subscription.retainAsPublished(),
                        handling));
    }

    private MqttMessage subAck(SubAck subAck) {
        return message(
                MqttMessageType.SUBACK,
                header(
                        subAck.packetId(),
                        properties().text(0x1F, subAck.reasonString()).user(subAck.userProperties())),
                new MqttSubAckPayload(
                        subAck.reasons().stream().mapToInt(ReasonCode::code).toArray()));
    }

    private MqttMessage unsubAck(UnsubAck unsubAck) {
        return message(
                MqttMessageType.UNSUBACK,
                header(
                        unsubAck.packetId(),
                        properties().text(0x1F, unsubAck.reasonString()).user(unsubAck.userProperties())),
                version == MqttVersion.V5
                        ? new MqttUnsubAckPayload(unsubAck.reasons().stream()
                                .map(reason -> (short) reason.code())
                                .toList())
                        : null);
    }

    private MqttMessage disconnect(Disconnect disconnect) {
        if (version != MqttVersion.V5) {
            return MqttMessage.DISCONNECT;
        }
        return message(
                MqttMessageType.DISCONNECT,
                new MqttReasonCodeAndPropertiesVariableHeader(
                        (byte) disconnect.reason().code(),
                        properties()
                                .number(0x11, disconnect.sessionExpirySeconds())
                                .text(0x1F, disconnect.reasonString())
                                .text(0x1C, disconnect.serverReference())
                                .user(disconnect.userProperties())
                                .made()),
                null);
    }
}

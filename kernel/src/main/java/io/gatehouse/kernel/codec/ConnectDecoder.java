package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import java.util.Arrays;

/** Reads CONNECT (MQTT 5.0, 3.1.1 and 3.1 section 3.1) and tells the reader the version that the connection speaks from here on. */
final class ConnectDecoder {
    private static final int RESERVED = 0b0000_0001;
    static final int CLEAN_START = 0b0000_0010;
    static final int WILL = 0b0000_0100;
    private static final int WILL_QOS = 0b0001_1000;
    static final int WILL_QOS_SHIFT = 3;
    static final int WILL_RETAIN = 0b0010_0000;
    static final int PASSWORD = 0b0100_0000;
    static final int USERNAME = 0b1000_0000;

    private ConnectDecoder() {}

    static Connect decode(PacketReader in) throws MalformedPacket {
        MqttVersion version = version(in);
        // Before anything else can fail, so that the refusal can be said in the client's version.
        in.version(version);
        int flags = flags(in, version);
        int keepAliveSeconds = in.twoByteInteger("keep alive");
        ConnectProperties properties = in.isV5() ? properties(in) : ConnectProperties.DEFAULTS;
        boolean cleanStart = (flags & CLEAN_START) != 0;
        String clientId = clientId(in, version, cleanStart);
        Will will = (flags & WILL) != 0 ? will(in, flags) : null;
        String username = isThere(in, flags, USERNAME) ? in.text("user name") : null;
        Secret password = isThere(in, flags, PASSWORD) ? password(in) : null;
        return new Connect(version, cleanStart, keepAliveSeconds, clientId, username, password, will, properties);
    }

    private static MqttVersion version(PacketReader in) throws MalformedPacket {
        String name = in.text("protocol name");
        int level = in.oneByte("protocol version");
        for (MqttVersion version : MqttVersion.values()) {
            if (level == version.level() && name.equals(protocolName(version))) {
                return version;
            }
        }
        throw in.failure(
                ReasonCode.UNSUPPORTED_PROTOCOL_VERSION,
                "protocol name and version must be MQIsdp 3, MQTT 4 or MQTT 5; the version was " + level);
    }

    /** The name in front of the version's level. */
    static String protocolName(MqttVersion version) {
        return switch (version) {
            case V3_1 -> "MQIsdp";
            case V3_1_1, V5 -> "MQTT";
        };
    }

    private static int flags(PacketReader in, MqttVersion version) throws MalformedPacket {
        int flags = in.oneByte("connect flags");
        if ((flags & RESERVED) != 0) {
            throw in.malformed("the reserved connect flag must be 0");
        }
        if ((flags & WILL) == 0 && (flags & (WILL_QOS | WILL_RETAIN)) != 0) {
            throw in.malformed("will QoS and will retain must be 0 without a will");
        }
        if ((flags & WILL_QOS) == WILL_QOS) {
            throw in.malformed("will QoS 3 does not exist");
        }
        if (version != MqttVersion.V5 && (flags & USERNAME) == 0 && (flags & PASSWORD) != 0) {
            throw in.malformed("a password needs a user name before MQTT 5.0");
        }
        return flags;
    }

    private static ConnectProperties properties(PacketReader in) throws MalformedPacket {
        PropertyReader properties = in.properties(PropertyScope.CONNECT);
        String method = properties.text(Property.AUTHENTICATION_METHOD);
        Payload data = properties.binary(Property.AUTHENTICATION_DATA);
        if (data != null && method == null) {
            throw in.protocolError("authentication data needs an authentication method");
        }
        return new ConnectProperties(
                properties.number(Property.SESSION_EXPIRY_INTERVAL, 0),
                properties.integer(Property.RECEIVE_MAXIMUM, 65_535),
                properties.integer(Property.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE),
                properties.integer(Property.TOPIC_ALIAS_MAXIMUM, 0),
                properties.flag(Property.REQUEST_RESPONSE_INFORMATION, false),
                properties.flag(Property.REQUEST_PROBLEM_INFORMATION, true),
                properties.userProperties(),
                method,
                data);
    }

    /** An empty identifier asks the server for one; MQTT 3.1.1 allows it for a clean session only, MQTT 3.1 never. */
    private static String clientId(PacketReader in, MqttVersion version, boolean cleanStart) throws MalformedPacket {
        String clientId = in.text("client identifier");
        boolean mayBeEmpty = switch (version) {
            case V3_1 -> false;
            case V3_1_1 -> cleanStart;
            case V5 -> true;
        };
        if (clientId.isEmpty() && !mayBeEmpty) {
            throw in.failure(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "the client identifier is empty");
        }
        return clientId;
    }

    private static Will will(PacketReader in, int flags) throws MalformedPacket {
        long delaySeconds = 0;
        MessageProperties messageProperties = MessageProperties.NONE;
        if (in.isV5()) {
            PropertyReader properties = in.properties(PropertyScope.WILL);
            delaySeconds = properties.number(Property.WILL_DELAY_INTERVAL, 0);
            if (properties.hasOtherThan(Property.WILL_DELAY_INTERVAL, Property.WILL_DELAY_INTERVAL)) {
                messageProperties = MessagePropertiesDecoder.decode(in, properties);
            }
        }
        String topic = in.text("will topic");
        if (topic.isEmpty() || PacketReader.hasWildcard(topic)) {
            throw in.failure(
                    ReasonCode.TOPIC_NAME_INVALID, "the will topic must be a topic name: not empty, without + and #");
        }
        Payload payload = Payload.ofOwned(in.binary("will payload"));
        Qos qos = Qos.of((flags & WILL_QOS) >> WILL_QOS_SHIFT);
        Message message = new Message(topic, payload, qos, (flags & WILL_RETAIN) != 0, messageProperties);
        return new Will(message, delaySeconds);
    }

    /** Whether a user name or password follows. In MQTT 3.1 (section 3.1) the end of the packet takes precedence over the flag. */
    private static boolean isThere(PacketReader in, int flags, int flag) {
        boolean mayBeMissing = in.version() == MqttVersion.V3_1;
        return (flags & flag) != 0 && !(mayBeMissing && in.remaining() == 0);
    }

    private static Secret password(PacketReader in) throws MalformedPacket {
        byte[] bytes = in.binary("password");
        Secret password = Secret.copyOf(bytes);
        Arrays.fill(bytes, (byte) 0);
        return password;
    }
}

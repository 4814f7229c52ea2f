package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Secret;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes CONNECT (MQTT 5.0, 3.1.1 and 3.1 section 3.1) for the clients of the house, in the version that the packet itself names. */
final class ConnectEncoder {
    private static final int LEVEL_FLAGS_AND_KEEP_ALIVE_BYTES = 4;

    private ConnectEncoder() {}

    static boolean encode(Connect packet, int maximumPacketSize, ByteBuf out) {
        String protocolName = ConnectDecoder.protocolName(packet.version());
        int flags = flags(packet);
        PropertySection properties = new PropertySection(sink -> offer(sink, packet.properties()));
        PropertySection willProperties = new PropertySection(sink -> offer(sink, packet.will()));
        long length = Utf8.encodedLength(protocolName)
                + LEVEL_FLAGS_AND_KEEP_ALIVE_BYTES
                + payloadLength(packet)
                + propertyLength(packet, properties, willProperties);
        requireTwoBytes(packet.keepAliveSeconds());
        if (!FixedHeader.write(out, PacketType.CONNECT.firstByte(), length, maximumPacketSize)) {
            return false;
        }
        Utf8.write(out, protocolName);
        out.writeByte(packet.version().level()).writeByte(flags).writeShort(packet.keepAliveSeconds());
        if (isV5(packet)) {
            properties.write(out);
        }
        Utf8.write(out, packet.clientId());
        writeWill(out, packet, willProperties);
        writeCredentials(out, packet);
        return true;
    }

    private static boolean isV5(Connect packet) {
        return packet.version() == MqttVersion.V5;
    }

    private static int flags(Connect packet) {
        if (!isV5(packet) && packet.password() != null && packet.username() == null) {
            throw new IllegalArgumentException("a password needs a user name before MQTT 5.0");
        }
        int flags = packet.cleanStart() ? ConnectDecoder.CLEAN_START : 0;
        flags |= packet.username() == null ? 0 : ConnectDecoder.USERNAME;
        flags |= packet.password() == null ? 0 : ConnectDecoder.PASSWORD;
        Will will = packet.will();
        if (will != null) {
            flags |= ConnectDecoder.WILL | (will.message().qos().level() << ConnectDecoder.WILL_QOS_SHIFT);
            flags |= will.message().retain() ? ConnectDecoder.WILL_RETAIN : 0;
        }
        return flags;
    }

    private static void requireTwoBytes(int keepAliveSeconds) {
        if (keepAliveSeconds < 0 || keepAliveSeconds > 0xFFFF) {
            throw new IllegalArgumentException("the keep alive must be 0 to 65,535 seconds, not " + keepAliveSeconds);
        }
    }

    private static long propertyLength(Connect packet, PropertySection properties, PropertySection willProperties) {
        if (!isV5(packet)) {
            return 0;
        }
        return properties.encodedLength() + (packet.will() == null ? 0 : willProperties.encodedLength());
    }

    private static long payloadLength(Connect packet) {
        long length = Utf8.encodedLength(packet.clientId());
        Will will = packet.will();
        if (will != null) {
            length += Utf8.encodedLength(will.message().topic());
            length += Utf8.encodedLength(will.message().payload().length());
        }
        String username = packet.username();
        Secret password = packet.password();
        length += username == null ? 0 : Utf8.encodedLength(username);
        length += password == null ? 0 : Utf8.encodedLength(password.length());
        return length;
    }

    private static void offer(PropertySink sink, ConnectProperties properties) {
        sink.numberUnless(0, Property.SESSION_EXPIRY_INTERVAL, properties.sessionExpirySeconds());
        sink.numberUnless(65_535, Property.RECEIVE_MAXIMUM, properties.receiveMaximum());
        sink.numberUnless(Integer.MAX_VALUE, Property.MAXIMUM_PACKET_SIZE, properties.maximumPacketSize());
        sink.numberUnless(0, Property.TOPIC_ALIAS_MAXIMUM, properties.topicAliasMaximum());
        sink.flagUnless(false, Property.REQUEST_RESPONSE_INFORMATION, properties.requestResponseInformation());
        sink.flagUnless(true, Property.REQUEST_PROBLEM_INFORMATION, properties.requestProblemInformation());
        sink.userProperties(properties.userProperties());
        sink.text(Property.AUTHENTICATION_METHOD, properties.authenticationMethod());
        sink.binary(Property.AUTHENTICATION_DATA, properties.authenticationData());
    }

    private static void offer(PropertySink sink, @Nullable Will will) {
        if (will != null) {
            Message message = will.message();
            sink.numberUnless(0, Property.WILL_DELAY_INTERVAL, will.delaySeconds());
            MessagePropertiesEncoder.encode(
                    sink, message.properties(), message.properties().expirySeconds());
        }
    }

    private static void writeWill(ByteBuf out, Connect packet, PropertySection willProperties) {
        Will will = packet.will();
        if (will == null) {
            return;
        }
        if (isV5(packet)) {
            willProperties.write(out);
        }
        Utf8.write(out, will.message().topic());
        Utf8.write(out, will.message().payload());
    }

    private static void writeCredentials(ByteBuf out, Connect packet) {
        String username = packet.username();
        if (username != null) {
            Utf8.write(out, username);
        }
        Secret password = packet.password();
        if (password != null) {
            byte[] bytes = password.toByteArray();
            out.writeShort(bytes.length).writeBytes(bytes);
            Arrays.fill(bytes, (byte) 0);
        }
    }
}

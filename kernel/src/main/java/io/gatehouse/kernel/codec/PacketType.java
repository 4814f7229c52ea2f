package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.MqttVersion;
import org.jspecify.annotations.Nullable;

/** The packet types with what their first byte must look like and who may receive them (MQTT 5.0 sections 2.1.2 and 2.1.3). */
enum PacketType {
    CONNECT(1, 0b0000, true, false),
    CONNACK(2, 0b0000, false, true),
    PUBLISH(3, 0b0000, true, true),
    PUBACK(4, 0b0000, true, true),
    PUBREC(5, 0b0000, true, true),
    PUBREL(6, 0b0010, true, true),
    PUBCOMP(7, 0b0000, true, true),
    SUBSCRIBE(8, 0b0010, true, false),
    SUBACK(9, 0b0000, false, true),
    UNSUBSCRIBE(10, 0b0010, true, false),
    UNSUBACK(11, 0b0000, false, true),
    PINGREQ(12, 0b0000, true, false),
    PINGRESP(13, 0b0000, false, true),
    DISCONNECT(14, 0b0000, true, true),
    AUTH(15, 0b0000, true, true);

    private static final int DUP = 0b1000;
    private static final @Nullable PacketType[] BY_CODE = new PacketType[16];

    static {
        for (PacketType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;
    private final int flags;
    private final boolean toServer;
    private final boolean toClient;

    PacketType(int code, int flags, boolean toServer, boolean toClient) {
        this.code = code;
        this.flags = flags;
        this.toServer = toServer;
        this.toClient = toClient;
    }

    /** The type in the upper half of a first byte; null for the reserved type 0. */
    static @Nullable PacketType of(int firstByte) {
        return BY_CODE[(firstByte >> 4) & 0xF];
    }

    /** The first byte of a packet of this type with its fixed flags; a PUBLISH adds its own. */
    int firstByte() {
        return (code << 4) | flags;
    }

    /** Whether the lower half of the first byte may be this; that of PUBLISH has a meaning and is judged by its decoder. */
    boolean acceptsFlags(int received, MqttVersion version) {
        if (this == PUBLISH || received == flags) {
            return true;
        }
        // Only MQTT 3.1 (section 2.1) marks a repeated PUBREL, SUBSCRIBE or UNSUBSCRIBE.
        return version == MqttVersion.V3_1 && flags != 0 && received == (flags | DUP);
    }

    /** Whether a packet of this type may arrive there in this version. AUTH is asked for in MQTT 5.0 only. */
    boolean mayArriveAt(Side side, MqttVersion version) {
        return switch (side) {
            case SERVER -> toServer;
            // Before MQTT 5.0 a server closes without a word.
            case CLIENT -> toClient && (this != DISCONNECT || version == MqttVersion.V5);
        };
    }
}

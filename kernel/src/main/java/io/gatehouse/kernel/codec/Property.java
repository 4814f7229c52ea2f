package io.gatehouse.kernel.codec;

import static io.gatehouse.kernel.codec.PropertyScope.ACK;
import static io.gatehouse.kernel.codec.PropertyScope.AUTH;
import static io.gatehouse.kernel.codec.PropertyScope.CONNACK;
import static io.gatehouse.kernel.codec.PropertyScope.CONNECT;
import static io.gatehouse.kernel.codec.PropertyScope.DISCONNECT;
import static io.gatehouse.kernel.codec.PropertyScope.PUBLISH;
import static io.gatehouse.kernel.codec.PropertyScope.SUBACK;
import static io.gatehouse.kernel.codec.PropertyScope.SUBSCRIBE;
import static io.gatehouse.kernel.codec.PropertyScope.UNSUBACK;
import static io.gatehouse.kernel.codec.PropertyScope.UNSUBSCRIBE;
import static io.gatehouse.kernel.codec.PropertyScope.WILL;
import static io.gatehouse.kernel.codec.PropertyType.BINARY;
import static io.gatehouse.kernel.codec.PropertyType.BIT;
import static io.gatehouse.kernel.codec.PropertyType.FOUR_BYTE_INTEGER;
import static io.gatehouse.kernel.codec.PropertyType.TEXT;
import static io.gatehouse.kernel.codec.PropertyType.TEXT_PAIR;
import static io.gatehouse.kernel.codec.PropertyType.TWO_BYTE_INTEGER;
import static io.gatehouse.kernel.codec.PropertyType.VARIABLE_BYTE_INTEGER;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The properties, each with its identifier, its type and the places where it may stand (MQTT 5.0 table 2-4). */
enum Property {
    PAYLOAD_FORMAT_INDICATOR(0x01, BIT, PUBLISH, WILL),
    MESSAGE_EXPIRY_INTERVAL(0x02, FOUR_BYTE_INTEGER, PUBLISH, WILL),
    CONTENT_TYPE(0x03, TEXT, PUBLISH, WILL),
    RESPONSE_TOPIC(0x08, TEXT, PUBLISH, WILL),
    CORRELATION_DATA(0x09, BINARY, PUBLISH, WILL),
    SUBSCRIPTION_IDENTIFIER(0x0B, VARIABLE_BYTE_INTEGER, PUBLISH, SUBSCRIBE),
    SESSION_EXPIRY_INTERVAL(0x11, FOUR_BYTE_INTEGER, CONNECT, CONNACK, DISCONNECT),
    ASSIGNED_CLIENT_IDENTIFIER(0x12, TEXT, CONNACK),
    SERVER_KEEP_ALIVE(0x13, TWO_BYTE_INTEGER, CONNACK),
    AUTHENTICATION_METHOD(0x15, TEXT, CONNECT, CONNACK, AUTH),
    AUTHENTICATION_DATA(0x16, BINARY, CONNECT, CONNACK, AUTH),
    REQUEST_PROBLEM_INFORMATION(0x17, BIT, CONNECT),
    WILL_DELAY_INTERVAL(0x18, FOUR_BYTE_INTEGER, WILL),
    REQUEST_RESPONSE_INFORMATION(0x19, BIT, CONNECT),
    RESPONSE_INFORMATION(0x1A, TEXT, CONNACK),
    SERVER_REFERENCE(0x1C, TEXT, CONNACK, DISCONNECT),
    REASON_STRING(0x1F, TEXT, CONNACK, ACK, SUBACK, UNSUBACK, DISCONNECT, AUTH),
    RECEIVE_MAXIMUM(0x21, TWO_BYTE_INTEGER, CONNECT, CONNACK),
    TOPIC_ALIAS_MAXIMUM(0x22, TWO_BYTE_INTEGER, CONNECT, CONNACK),
    TOPIC_ALIAS(0x23, TWO_BYTE_INTEGER, PUBLISH),
    MAXIMUM_QOS(0x24, BIT, CONNACK),
    RETAIN_AVAILABLE(0x25, BIT, CONNACK),
    USER_PROPERTY(
            0x26,
            TEXT_PAIR,
            CONNECT,
            WILL,
            CONNACK,
            PUBLISH,
            ACK,
            SUBSCRIBE,
            SUBACK,
            UNSUBSCRIBE,
            UNSUBACK,
            DISCONNECT,
            AUTH),
    MAXIMUM_PACKET_SIZE(0x27, FOUR_BYTE_INTEGER, CONNECT, CONNACK),
    WILDCARD_SUBSCRIPTION_AVAILABLE(0x28, BIT, CONNACK),
    SUBSCRIPTION_IDENTIFIER_AVAILABLE(0x29, BIT, CONNACK),
    SHARED_SUBSCRIPTION_AVAILABLE(0x2A, BIT, CONNACK);

    private static final @Nullable Property[] BY_IDENTIFIER = new Property[0x2B];

    static {
        for (Property property : values()) {
            BY_IDENTIFIER[property.identifier] = property;
        }
    }

    private final int identifier;
    private final PropertyType type;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Set<PropertyScope> scopes;

    private final String label;

    Property(int identifier, PropertyType type, PropertyScope... scopes) {
        this.identifier = identifier;
        this.type = type;
        this.scopes = Collections.unmodifiableSet(EnumSet.copyOf(List.of(scopes)));
        this.label = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The property with this identifier, null when the specification knows none. */
    static @Nullable Property of(int identifier) {
        return identifier < BY_IDENTIFIER.length ? BY_IDENTIFIER[identifier] : null;
    }

    /** The identifier, always one byte on the wire. */
    int identifier() {
        return identifier;
    }

    PropertyType type() {
        return type;
    }

    boolean mayStandIn(PropertyScope scope) {
        return scopes.contains(scope);
    }

    /** Whether it may occur more than once there. */
    boolean mayRepeatIn(PropertyScope scope) {
        return this == USER_PROPERTY || (this == SUBSCRIPTION_IDENTIFIER && scope == PUBLISH);
    }

    /** Whether the specification makes the value 0 a protocol error. Topic alias 0 is judged by {@link PublishDecoder}. */
    boolean refusesZero() {
        return this == RECEIVE_MAXIMUM || this == MAXIMUM_PACKET_SIZE || this == SUBSCRIPTION_IDENTIFIER;
    }

    /** The specification's name in lower case, as messages show it. */
    @Override
    public String toString() {
        return label;
    }
}

package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one property section (MQTT 5.0 section 2.2.2) and holds its values until the next one: each value has its slot.
 */
final class PropertyReader {
    private static final int SLOTS = Property.values().length;

    private DecoderLimits limits = DecoderLimits.ofPacketSize(Integer.MAX_VALUE);
    private final long[] numbers = new long[SLOTS];
    private final @Nullable Object[] objects = new Object[SLOTS];
    private int seen;
    private List<UserProperty> userProperties = List.of();
    private int userPropertyCharacters;
    private List<Integer> subscriptionIdentifiers = List.of();

    /** What the sections to come may hold. */
    void limits(DecoderLimits present) {
        limits = present;
    }

    /** Reads the section at the cursor, its length included, and refuses what must not stand there, or not twice. */
    void read(PacketReader in, PropertyScope scope) throws MalformedPacket {
        clear();
        int length = in.variableByteInteger("property length");
        if (length == 0) {
            return;
        }
        int outerEnd = in.narrow(length, "property section");
        while (in.remaining() > 0) {
            readOne(in, scope);
        }
        in.widen(outerEnd);
    }

    /** Forgets all values, so that a connection at rest holds nothing of its last packet. */
    void clear() {
        if (seen != 0) {
            Arrays.fill(objects, null);
            userProperties = List.of();
            userPropertyCharacters = 0;
            subscriptionIdentifiers = List.of();
            seen = 0;
        }
    }

    private void readOne(PacketReader in, PropertyScope scope) throws MalformedPacket {
        int identifier = in.variableByteInteger("property identifier");
        Property property = Property.of(identifier);
        if (property == null) {
            throw in.malformed("there is no property " + identifier);
        }
        if (!property.mayStandIn(scope)) {
            throw in.malformed("the property " + property + " does not belong here");
        }
        if (has(property) && !property.mayRepeatIn(scope)) {
            throw in.protocolError("the property " + property + " occurs twice");
        }
        seen |= bit(property);
        readValue(in, property);
    }

    private void readValue(PacketReader in, Property property) throws MalformedPacket {
        String field = property.toString();
        switch (property.type()) {
            case BIT -> number(in, property, in.oneByte(field));
            case TWO_BYTE_INTEGER -> number(in, property, in.twoByteInteger(field));
            case FOUR_BYTE_INTEGER -> number(in, property, in.fourByteInteger(field));
            case VARIABLE_BYTE_INTEGER -> subscriptionIdentifier(in, property, in.variableByteInteger(field));
            case TEXT -> objects[slot(property)] = in.text(field);
            case BINARY -> objects[slot(property)] = Payload.ofOwned(in.binary(field));
            case TEXT_PAIR -> userProperty(in);
        }
    }

    private void number(PacketReader in, Property property, long value) throws MalformedPacket {
        if (property.type() == PropertyType.BIT && value > 1) {
            throw in.protocolError("the property " + property + " must be 0 or 1, not " + value);
        }
        if (value == 0 && property.refusesZero()) {
            throw in.protocolError("the property " + property + " must not be 0");
        }
        numbers[slot(property)] = value;
    }

    private void subscriptionIdentifier(PacketReader in, Property property, int value) throws MalformedPacket {
        number(in, property, value);
        if (subscriptionIdentifiers.isEmpty()) {
            subscriptionIdentifiers = new ArrayList<>();
        }
        if (subscriptionIdentifiers.size() == Limits.SUBSCRIPTION_IDENTIFIERS) {
            throw in.failure(
                    ReasonCode.QUOTA_EXCEEDED,
                    "more than " + Limits.SUBSCRIPTION_IDENTIFIERS + " subscription identifiers in one packet");
        }
        subscriptionIdentifiers.add(value);
    }

    private void userProperty(PacketReader in) throws MalformedPacket {
        if (userProperties.isEmpty()) {
            userProperties = new ArrayList<>();
        }
        if (userProperties.size() >= limits.userProperties()) {
            throw in.failure(
                    ReasonCode.QUOTA_EXCEEDED,
                    "more than " + limits.userProperties() + " user properties in one section");
        }
        UserProperty property = new UserProperty(in.text("user property name"), in.text("user property value"));
        userPropertyCharacters += property.name().length() + property.value().length();
        if (userPropertyCharacters > limits.userPropertyCharacters()) {
            throw in.failure(
                    ReasonCode.QUOTA_EXCEEDED,
                    "user properties of more than " + limits.userPropertyCharacters() + " characters in one section");
        }
        userProperties.add(property);
    }

    boolean has(Property property) {
        return (seen & bit(property)) != 0;
    }

    /** Whether any property other than these two was there. */
    boolean hasOtherThan(Property one, Property other) {
        return (seen & ~bit(one) & ~bit(other)) != 0;
    }

    long number(Property property, long whenAbsent) {
        return has(property) ? numbers[slot(property)] : whenAbsent;
    }

    /** The number, null when absent. */
    @Nullable
    Long number(Property property) {
        return has(property) ? (Long) numbers[slot(property)] : null;
    }

    /** The same for properties whose value is at most 65,535, and for the maximum packet size, where more means unlimited. */
    int integer(Property property, int whenAbsent) {
        return (int) Math.min(number(property, whenAbsent), Integer.MAX_VALUE);
    }

    boolean flag(Property property, boolean whenAbsent) {
        return has(property) ? numbers[slot(property)] == 1 : whenAbsent;
    }

    @Nullable
    String text(Property property) {
        return has(property) ? (String) objects[slot(property)] : null;
    }

    @Nullable
    Payload binary(Property property) {
        return has(property) ? (Payload) objects[slot(property)] : null;
    }

    /** The user properties in their order. */
    List<UserProperty> userProperties() {
        return List.copyOf(userProperties);
    }

    /** The subscription identifiers in their order. */
    List<Integer> subscriptionIdentifiers() {
        return List.copyOf(subscriptionIdentifiers);
    }

    @SuppressWarnings("EnumOrdinal") // a dense index into the slots that never leaves this class
    private static int slot(Property property) {
        return property.ordinal();
    }

    private static int bit(Property property) {
        return 1 << slot(property);
    }
}

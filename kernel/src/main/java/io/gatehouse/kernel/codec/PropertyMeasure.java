package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the bytes that properties take, and refuses with an {@link IllegalArgumentException} what the wire cannot hold: a
 * broken length would let a value run over into what follows it.
 */
final class PropertyMeasure implements PropertySink {
    private long bytes;

    /** The bytes of all properties so far, without the section's own length. */
    long bytes() {
        return bytes;
    }

    @Override
    public void number(Property property, long value) {
        bytes += 1
                + switch (property.type()) {
                    case BIT -> width(property, value, 1, 1);
                    case TWO_BYTE_INTEGER -> width(property, value, 0xFFFF, 2);
                    case FOUR_BYTE_INTEGER -> width(property, value, 0xFFFF_FFFFL, 4);
                    case VARIABLE_BYTE_INTEGER ->
                        width(property, value, VariableByteInteger.MAXIMUM, VariableByteInteger.length(value));
                    case TEXT, BINARY, TEXT_PAIR -> throw notANumber(property);
                };
    }

    @Override
    public void text(Property property, @Nullable String value) {
        if (value != null) {
            bytes += 1 + Utf8.encodedLength(value);
        }
    }

    @Override
    public void binary(Property property, @Nullable Payload value) {
        if (value != null) {
            bytes += 1 + Utf8.encodedLength(value.length());
        }
    }

    @Override
    public void userProperties(List<UserProperty> values) {
        for (UserProperty value : values) {
            bytes += 1 + Utf8.encodedLength(value.name()) + Utf8.encodedLength(value.value());
        }
    }

    static IllegalArgumentException notANumber(Property property) {
        return new IllegalArgumentException("the property " + property + " is not a number");
    }

    private static int width(Property property, long value, long maximum, int width) {
        if (value < 0 || value > maximum) {
            throw new IllegalArgumentException(
                    "the property " + property + " must be 0 to " + maximum + ", not " + value);
        }
        return width;
    }
}

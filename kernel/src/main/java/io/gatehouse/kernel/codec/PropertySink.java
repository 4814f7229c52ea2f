package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an encoder puts the properties of a packet. It does so twice, first into a {@link PropertyMeasure} and then into a
 * {@link PropertyWriter}, because the length goes in front; so the list of properties stands in one place only.
 */
sealed interface PropertySink permits PropertyMeasure, PropertyWriter {
    /** An integer property of any width. */
    void number(Property property, long value);

    /** A property with the value 0 or 1. */
    default void flag(Property property, boolean value) {
        number(property, value ? 1 : 0);
    }

    /** An integer property, left out when it has the value that the specification takes for granted. */
    default void numberUnless(long granted, Property property, long value) {
        if (value != granted) {
            number(property, value);
        }
    }

    /** A 0 or 1 property, left out when it has the value that the specification takes for granted. */
    default void flagUnless(boolean granted, Property property, boolean value) {
        if (value != granted) {
            flag(property, value);
        }
    }

    /** A string property, left out when null. */
    void text(Property property, @Nullable String value);

    /** A binary property, left out when null. */
    void binary(Property property, @Nullable Payload value);

    /** All user properties, in their order. */
    void userProperties(List<UserProperty> values);
}

package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends properties that a {@link PropertyMeasure} has measured, and thereby judged, before. */
final class PropertyWriter implements PropertySink {
    private final ByteBuf out;

    PropertyWriter(ByteBuf out) {
        this.out = out;
    }

    @Override
    public void number(Property property, long value) {
        out.writeByte(property.identifier());
        switch (property.type()) {
            case BIT -> out.writeByte((int) value);
            case TWO_BYTE_INTEGER -> out.writeShort((int) value);
            case FOUR_BYTE_INTEGER -> out.writeInt((int) value);
            case VARIABLE_BYTE_INTEGER -> VariableByteInteger.write(out, (int) value);
            case TEXT, BINARY, TEXT_PAIR -> throw PropertyMeasure.notANumber(property);
        }
    }

    @Override
    public void text(Property property, @Nullable String value) {
        if (value != null) {
            out.writeByte(property.identifier());
            Utf8.write(out, value);
        }
    }

    @Override
    public void binary(Property property, @Nullable Payload value) {
        if (value != null) {
            out.writeByte(property.identifier());
            Utf8.write(out, value);
        }
    }

    @Override
    public void userProperties(List<UserProperty> values) {
        for (UserProperty value : values) {
            out.writeByte(Property.USER_PROPERTY.identifier());
            Utf8.write(out, value.name());
            Utf8.write(out, value.value());
        }
    }
}

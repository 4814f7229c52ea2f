package io.gatehouse.kernel.codec;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/** A property section to be written: its length, and then its properties (MQTT 5.0 section 2.2.2). Making it measures it. */
final class PropertySection {
    /** No properties, as a list to begin with. */
    static final Consumer<PropertySink> NOTHING = sink -> {};

    /** A section without properties. */
    static final PropertySection EMPTY = new PropertySection(NOTHING);

    private final Consumer<PropertySink> properties;
    private final long bytes;

    /**
     * A section with these properties.
     *
     * @param properties called with a measuring sink now and with a writing one in {@link #write}; it must give the same
     *     both times
     */
    PropertySection(Consumer<PropertySink> properties) {
        PropertyMeasure measure = new PropertyMeasure();
        properties.accept(measure);
        this.properties = properties;
        this.bytes = measure.bytes();
    }

    /** The size of a section whose properties take this many bytes. */
    static long encodedLength(long bytes) {
        return VariableByteInteger.length(bytes) + bytes;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** The size of the section. */
    long encodedLength() {
        return encodedLength(bytes);
    }

    /** The same for packets that end before an empty section. */
    long lengthUnlessEmpty() {
        return isEmpty() ? 0 : encodedLength();
    }

    /** Appends the section, whose packet has been found to fit before. */
    void write(ByteBuf out) {
        VariableByteInteger.write(out, (int) bytes);
        if (!isEmpty()) {
            properties.accept(new PropertyWriter(out));
        }
    }

    /** The same for packets that end before an empty section. */
    void writeUnlessEmpty(ByteBuf out) {
        if (!isEmpty()) {
            write(out);
        }
    }
}

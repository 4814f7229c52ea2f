package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The reason string and the user properties of an answer, which are left out rather than let the packet outgrow what the
 * receiver takes (such as [MQTT-3.4.2-2] and [MQTT-3.4.2-3]): first the user properties, then the reason string.
 */
record Diagnostics(@Nullable String reasonString, List<UserProperty> userProperties) {
    private static final Diagnostics NONE = new Diagnostics(null, List.of());

    boolean isEmpty() {
        return reasonString == null && userProperties.isEmpty();
    }

    /**
     * The property section with as much of this as fits.
     *
     * @param others the packet's other properties, which are kept in any case
     * @param restLength the bytes of the packet that are neither fixed header nor property section
     */
    PropertySection fitted(Consumer<PropertySink> others, long restLength, int maximumPacketSize) {
        for (Diagnostics candidate : List.of(this, new Diagnostics(reasonString, List.of()))) {
            if (candidate.isSendable()) {
                PropertySection section = candidate.with(others);
                if (FixedHeader.fits(restLength + section.encodedLength(), maximumPacketSize)) {
                    return section;
                }
            }
        }
        return NONE.with(others);
    }

    private PropertySection with(Consumer<PropertySink> others) {
        return new PropertySection(sink -> {
            others.accept(sink);
            sink.text(Property.REASON_STRING, reasonString);
            sink.userProperties(userProperties);
        });
    }

    /** They may come from plugins; a text that is too long for the wire is one more reason to leave it out. */
    private boolean isSendable() {
        return (reasonString == null || isSendable(reasonString))
                && userProperties.stream().allMatch(pair -> isSendable(pair.name()) && isSendable(pair.value()));
    }

    private static boolean isSendable(String text) {
        return Utf8.length(text) <= Utf8.MAXIMUM_BYTES;
    }
}

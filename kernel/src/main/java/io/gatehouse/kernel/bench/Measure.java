package io.gatehouse.kernel.bench;

import java.util.Locale;

/** What takes time. */
enum Measure {
    /** From when a connection was due until CONNACK; TCP and TLS included. */
    CONNECT,
    /** From when a message was due until its PUBACK or PUBCOMP. */
    ACKNOWLEDGEMENT,
    /** From when a message was due until a subscriber had it. */
    DELIVERY;

    /** Its place in an array. */
    @SuppressWarnings("EnumOrdinal") // of one process
    int index() {
        return ordinal();
    }

    /** As in the output. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

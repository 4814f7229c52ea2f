package io.gatehouse.kernel.codec;

/** The data types of property values (MQTT 5.0 section 2.2.2.2). */
enum PropertyType {
    /** A byte; all properties with this type allow 0 and 1 only. */
    BIT,
    /** Two Byte Integer. */
    TWO_BYTE_INTEGER,
    /** Four Byte Integer. */
    FOUR_BYTE_INTEGER,
    /** Variable Byte Integer. */
    VARIABLE_BYTE_INTEGER,
    /** UTF-8 Encoded String. */
    TEXT,
    /** Binary Data. */
    BINARY,
    /** UTF-8 String Pair. */
    TEXT_PAIR
}

package io.gatehouse.kernel.codec;

/** The places where properties stand (MQTT 5.0 table 2-4). */
enum PropertyScope {
    CONNECT,
    /** The will's own properties in the payload of CONNECT. */
    WILL,
    CONNACK,
    PUBLISH,
    /** PUBACK, PUBREC, PUBREL and PUBCOMP, which are alike. */
    ACK,
    SUBSCRIBE,
    SUBACK,
    UNSUBSCRIBE,
    UNSUBACK,
    DISCONNECT,
    AUTH
}

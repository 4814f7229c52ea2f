package io.gatehouse.sdk.mqtt;

import java.util.Optional;

/** The reason codes of MQTT 5.0 section 2.4. Codes below 0x80 tell success, the others failure. */
public enum ReasonCode {
    /** Success; also Normal disconnection and Granted QoS 0. */
    SUCCESS(0x00),
    /** Granted QoS 1. */
    GRANTED_QOS_1(0x01),
    /** Granted QoS 2. */
    GRANTED_QOS_2(0x02),
    /** Disconnect with Will Message. */
    DISCONNECT_WITH_WILL(0x04),
    /** No matching subscribers. */
    NO_MATCHING_SUBSCRIBERS(0x10),
    /** No subscription existed. */
    NO_SUBSCRIPTION_EXISTED(0x11),
    /** Continue authentication. */
    CONTINUE_AUTHENTICATION(0x18),
    /** Re-authenticate. */
    REAUTHENTICATE(0x19),
    /** Unspecified error. */
    UNSPECIFIED_ERROR(0x80),
    /** Malformed Packet. */
    MALFORMED_PACKET(0x81),
    /** Protocol Error. */
    PROTOCOL_ERROR(0x82),
    /** Implementation specific error. */
    IMPLEMENTATION_SPECIFIC_ERROR(0x83),
    /** Unsupported Protocol Version. */
    UNSUPPORTED_PROTOCOL_VERSION(0x84),
    /** Client Identifier not valid. */
    CLIENT_IDENTIFIER_NOT_VALID(0x85),
    /** Bad User Name or Password. */
    BAD_USER_NAME_OR_PASSWORD(0x86),
    /** Not authorized. */
    NOT_AUTHORIZED(0x87),
    /** Server unavailable. */
    SERVER_UNAVAILABLE(0x88),
    /** Server busy. */
    SERVER_BUSY(0x89),
    /** Banned. */
    BANNED(0x8A),
    /** Server shutting down. */
    SERVER_SHUTTING_DOWN(0x8B),
    /** Bad authentication method. */
    BAD_AUTHENTICATION_METHOD(0x8C),
    /** Keep Alive timeout. */
    KEEP_ALIVE_TIMEOUT(0x8D),
    /** Session taken over. */
    SESSION_TAKEN_OVER(0x8E),
    /** Topic Filter invalid. */
    TOPIC_FILTER_INVALID(0x8F),
    /** Topic Name invalid. */
    TOPIC_NAME_INVALID(0x90),
    /** Packet Identifier in use. */
    PACKET_IDENTIFIER_IN_USE(0x91),
    /** Packet Identifier not found. */
    PACKET_IDENTIFIER_NOT_FOUND(0x92),
    /** Receive Maximum exceeded. */
    RECEIVE_MAXIMUM_EXCEEDED(0x93),
    /** Topic Alias invalid. */
    TOPIC_ALIAS_INVALID(0x94),
    /** Packet too large. */
    PACKET_TOO_LARGE(0x95),
    /** Message rate too high. */
    MESSAGE_RATE_TOO_HIGH(0x96),
    /** Quota exceeded. */
    QUOTA_EXCEEDED(0x97),
    /** Administrative action. */
    ADMINISTRATIVE_ACTION(0x98),
    /** Payload format invalid. */
    PAYLOAD_FORMAT_INVALID(0x99),
    /** Retain not supported. */
    RETAIN_NOT_SUPPORTED(0x9A),
    /** QoS not supported. */
    QOS_NOT_SUPPORTED(0x9B),
    /** Use another server. */
    USE_ANOTHER_SERVER(0x9C),
    /** Server moved. */
    SERVER_MOVED(0x9D),
    /** Shared Subscriptions not supported. */
    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED(0x9E),
    /** Connection rate exceeded. */
    CONNECTION_RATE_EXCEEDED(0x9F),
    /** Maximum connect time. */
    MAXIMUM_CONNECT_TIME(0xA0),
    /** Subscription Identifiers not supported. */
    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED(0xA1),
    /** Wildcard Subscriptions not supported. */
    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED(0xA2);

    private static final ReasonCode[] BY_CODE = new ReasonCode[256];

    static {
        for (ReasonCode reason : values()) {
            BY_CODE[reason.code] = reason;
        }
    }

    private final int code;

    ReasonCode(int code) {
        this.code = code;
    }

    /** The reason with this byte, 0 to 255; empty when the specification knows none. */
    public static Optional<ReasonCode> of(int code) {
        return code < 0 || code > 255 ? Optional.empty() : Optional.ofNullable(BY_CODE[code]);
    }

    /** The byte on the wire, 0 to 255. */
    public int code() {
        return code;
    }

    /** True from 0x80 on. */
    public boolean isFailure() {
        return code >= 0x80;
    }
}

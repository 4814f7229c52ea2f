package io.gatehouse.kernel.codec;

import io.gatehouse.sdk.mqtt.ReasonCode;

/** The return codes of CONNACK before MQTT 5.0 (MQTT 3.1.1 section 3.2.2.3). */
final class ReturnCodes {
    private static final int ACCEPTED = 0;
    private static final int UNACCEPTABLE_PROTOCOL_VERSION = 1;
    private static final int IDENTIFIER_REJECTED = 2;
    private static final int SERVER_UNAVAILABLE = 3;
    private static final int BAD_USER_NAME_OR_PASSWORD = 4;
    private static final int NOT_AUTHORIZED = 5;

    private ReturnCodes() {}

    static ReasonCode decode(PacketReader in, int code) throws MalformedPacket {
        return switch (code) {
            case ACCEPTED -> ReasonCode.SUCCESS;
            case UNACCEPTABLE_PROTOCOL_VERSION -> ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
            case IDENTIFIER_REJECTED -> ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
            case SERVER_UNAVAILABLE -> ReasonCode.SERVER_UNAVAILABLE;
            case BAD_USER_NAME_OR_PASSWORD -> ReasonCode.BAD_USER_NAME_OR_PASSWORD;
            case NOT_AUTHORIZED -> ReasonCode.NOT_AUTHORIZED;
            default -> throw in.malformed("there is no return code " + code);
        };
    }

    /**
     * The code that is nearest to a reason: what concerns who the client is becomes "not authorized", everything else
     * that the old versions have no word for becomes "server unavailable".
     *
     * @throws IllegalArgumentException for a success that has no place in a CONNACK
     */
    static int encode(ReasonCode reason) {
        return switch (reason) {
            case SUCCESS -> ACCEPTED;
            case UNSUPPORTED_PROTOCOL_VERSION -> UNACCEPTABLE_PROTOCOL_VERSION;
            case CLIENT_IDENTIFIER_NOT_VALID -> IDENTIFIER_REJECTED;
            case BAD_USER_NAME_OR_PASSWORD -> BAD_USER_NAME_OR_PASSWORD;
            case NOT_AUTHORIZED, BANNED, BAD_AUTHENTICATION_METHOD -> NOT_AUTHORIZED;
            case UNSPECIFIED_ERROR,
                    MALFORMED_PACKET,
                    PROTOCOL_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    SERVER_UNAVAILABLE,
                    SERVER_BUSY,
                    SERVER_SHUTTING_DOWN,
                    KEEP_ALIVE_TIMEOUT,
                    SESSION_TAKEN_OVER,
                    TOPIC_FILTER_INVALID,
                    TOPIC_NAME_INVALID,
                    PACKET_IDENTIFIER_IN_USE,
                    PACKET_IDENTIFIER_NOT_FOUND,
                    RECEIVE_MAXIMUM_EXCEEDED,
                    TOPIC_ALIAS_INVALID,
                    PACKET_TOO_LARGE,
                    MESSAGE_RATE_TOO_HIGH,
                    QUOTA_EXCEEDED,
                    ADMINISTRATIVE_ACTION,
                    PAYLOAD_FORMAT_INVALID,
                    RETAIN_NOT_SUPPORTED,
                    QOS_NOT_SUPPORTED,
                    USE_ANOTHER_SERVER,
                    SERVER_MOVED,
                    SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
                    CONNECTION_RATE_EXCEEDED,
                    MAXIMUM_CONNECT_TIME,
                    SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                    WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED -> SERVER_UNAVAILABLE;
            case GRANTED_QOS_1,
                    GRANTED_QOS_2,
                    DISCONNECT_WITH_WILL,
                    NO_MATCHING_SUBSCRIBERS,
                    NO_SUBSCRIPTION_EXISTED,
                    CONTINUE_AUTHENTICATION,
                    REAUTHENTICATE -> throw new IllegalArgumentException("CONNACK cannot carry the reason " + reason);
        };
    }
}

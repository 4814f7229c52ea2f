package io.gatehouse.kernel.codec;

import static io.gatehouse.sdk.mqtt.ReasonCode.ADMINISTRATIVE_ACTION;
import static io.gatehouse.sdk.mqtt.ReasonCode.BAD_AUTHENTICATION_METHOD;
import static io.gatehouse.sdk.mqtt.ReasonCode.BAD_USER_NAME_OR_PASSWORD;
import static io.gatehouse.sdk.mqtt.ReasonCode.BANNED;
import static io.gatehouse.sdk.mqtt.ReasonCode.CLIENT_IDENTIFIER_NOT_VALID;
import static io.gatehouse.sdk.mqtt.ReasonCode.CONNECTION_RATE_EXCEEDED;
import static io.gatehouse.sdk.mqtt.ReasonCode.CONTINUE_AUTHENTICATION;
import static io.gatehouse.sdk.mqtt.ReasonCode.DISCONNECT_WITH_WILL;
import static io.gatehouse.sdk.mqtt.ReasonCode.GRANTED_QOS_1;
import static io.gatehouse.sdk.mqtt.ReasonCode.GRANTED_QOS_2;
import static io.gatehouse.sdk.mqtt.ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
import static io.gatehouse.sdk.mqtt.ReasonCode.KEEP_ALIVE_TIMEOUT;
import static io.gatehouse.sdk.mqtt.ReasonCode.MALFORMED_PACKET;
import static io.gatehouse.sdk.mqtt.ReasonCode.MAXIMUM_CONNECT_TIME;
import static io.gatehouse.sdk.mqtt.ReasonCode.MESSAGE_RATE_TOO_HIGH;
import static io.gatehouse.sdk.mqtt.ReasonCode.NOT_AUTHORIZED;
import static io.gatehouse.sdk.mqtt.ReasonCode.NO_MATCHING_SUBSCRIBERS;
import static io.gatehouse.sdk.mqtt.ReasonCode.NO_SUBSCRIPTION_EXISTED;
import static io.gatehouse.sdk.mqtt.ReasonCode.PACKET_IDENTIFIER_IN_USE;
import static io.gatehouse.sdk.mqtt.ReasonCode.PACKET_IDENTIFIER_NOT_FOUND;
import static io.gatehouse.sdk.mqtt.ReasonCode.PACKET_TOO_LARGE;
import static io.gatehouse.sdk.mqtt.ReasonCode.PAYLOAD_FORMAT_INVALID;
import static io.gatehouse.sdk.mqtt.ReasonCode.PROTOCOL_ERROR;
import static io.gatehouse.sdk.mqtt.ReasonCode.QOS_NOT_SUPPORTED;
import static io.gatehouse.sdk.mqtt.ReasonCode.QUOTA_EXCEEDED;
import static io.gatehouse.sdk.mqtt.ReasonCode.REAUTHENTICATE;
import static io.gatehouse.sdk.mqtt.ReasonCode.RECEIVE_MAXIMUM_EXCEEDED;
import static io.gatehouse.sdk.mqtt.ReasonCode.RETAIN_NOT_SUPPORTED;
import static io.gatehouse.sdk.mqtt.ReasonCode.SERVER_BUSY;
import static io.gatehouse.sdk.mqtt.ReasonCode.SERVER_MOVED;
import static io.gatehouse.sdk.mqtt.ReasonCode.SERVER_SHUTTING_DOWN;
import static io.gatehouse.sdk.mqtt.ReasonCode.SERVER_UNAVAILABLE;
import static io.gatehouse.sdk.mqtt.ReasonCode.SESSION_TAKEN_OVER;
import static io.gatehouse.sdk.mqtt.ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
import static io.gatehouse.sdk.mqtt.ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED;
import static io.gatehouse.sdk.mqtt.ReasonCode.SUCCESS;
import static io.gatehouse.sdk.mqtt.ReasonCode.TOPIC_ALIAS_INVALID;
import static io.gatehouse.sdk.mqtt.ReasonCode.TOPIC_FILTER_INVALID;
import static io.gatehouse.sdk.mqtt.ReasonCode.TOPIC_NAME_INVALID;
import static io.gatehouse.sdk.mqtt.ReasonCode.UNSPECIFIED_ERROR;
import static io.gatehouse.sdk.mqtt.ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
import static io.gatehouse.sdk.mqtt.ReasonCode.USE_ANOTHER_SERVER;
import static io.gatehouse.sdk.mqtt.ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED;

import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The reason codes that each packet may carry (MQTT 5.0 table 2-6 and the table of each packet). */
final class LegalReasons {
    static final Set<ReasonCode> CONNACK = of(
            SUCCESS,
            UNSPECIFIED_ERROR,
            MALFORMED_PACKET,
            PROTOCOL_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            UNSUPPORTED_PROTOCOL_VERSION,
            CLIENT_IDENTIFIER_NOT_VALID,
            BAD_USER_NAME_OR_PASSWORD,
            NOT_AUTHORIZED,
            SERVER_UNAVAILABLE,
            SERVER_BUSY,
            BANNED,
            BAD_AUTHENTICATION_METHOD,
            TOPIC_NAME_INVALID,
            PACKET_TOO_LARGE,
            QUOTA_EXCEEDED,
            PAYLOAD_FORMAT_INVALID,
            RETAIN_NOT_SUPPORTED,
            QOS_NOT_SUPPORTED,
            USE_ANOTHER_SERVER,
            SERVER_MOVED,
            CONNECTION_RATE_EXCEEDED);

    static final Set<ReasonCode> PUBACK = of(
            SUCCESS,
            NO_MATCHING_SUBSCRIBERS,
            UNSPECIFIED_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            TOPIC_NAME_INVALID,
            PACKET_IDENTIFIER_IN_USE,
            QUOTA_EXCEEDED,
            PAYLOAD_FORMAT_INVALID);

    static final Set<ReasonCode> PUBREC = PUBACK;

    static final Set<ReasonCode> PUBREL = of(SUCCESS, PACKET_IDENTIFIER_NOT_FOUND);

    static final Set<ReasonCode> PUBCOMP = PUBREL;

    static final Set<ReasonCode> SUBACK = of(
            SUCCESS,
            GRANTED_QOS_1,
            GRANTED_QOS_2,
            UNSPECIFIED_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            TOPIC_FILTER_INVALID,
            PACKET_IDENTIFIER_IN_USE,
            QUOTA_EXCEEDED,
            SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
            SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
            WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

    /** SUBACK before MQTT 5.0; MQTT 3.1 does not know the failure, but servers of the field send it there too. */
    static final Set<ReasonCode> SUBACK_V3 = of(SUCCESS, GRANTED_QOS_1, GRANTED_QOS_2, UNSPECIFIED_ERROR);

    static final Set<ReasonCode> UNSUBACK = of(
            SUCCESS,
            NO_SUBSCRIPTION_EXISTED,
            UNSPECIFIED_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            NOT_AUTHORIZED,
            TOPIC_FILTER_INVALID,
            PACKET_IDENTIFIER_IN_USE);

    private static final List<ReasonCode> DISCONNECT_FROM_BOTH = List.of(
            SUCCESS,
            UNSPECIFIED_ERROR,
            MALFORMED_PACKET,
            PROTOCOL_ERROR,
            IMPLEMENTATION_SPECIFIC_ERROR,
            TOPIC_NAME_INVALID,
            RECEIVE_MAXIMUM_EXCEEDED,
            TOPIC_ALIAS_INVALID,
            PACKET_TOO_LARGE,
            MESSAGE_RATE_TOO_HIGH,
            QUOTA_EXCEEDED,
            ADMINISTRATIVE_ACTION,
            PAYLOAD_FORMAT_INVALID);

    static final Set<ReasonCode> DISCONNECT_FROM_CLIENT = of(DISCONNECT_FROM_BOTH, DISCONNECT_WITH_WILL);

    /** Bad authentication method stands in table 2-6 only, not in the one of DISCONNECT; a receiver must be ready for it. */
    static final Set<ReasonCode> DISCONNECT_FROM_SERVER = of(
            DISCONNECT_FROM_BOTH,
            NOT_AUTHORIZED,
            SERVER_BUSY,
            SERVER_SHUTTING_DOWN,
            BAD_AUTHENTICATION_METHOD,
            KEEP_ALIVE_TIMEOUT,
            SESSION_TAKEN_OVER,
            TOPIC_FILTER_INVALID,
            RETAIN_NOT_SUPPORTED,
            QOS_NOT_SUPPORTED,
            USE_ANOTHER_SERVER,
            SERVER_MOVED,
            SHARED_SUBSCRIPTIONS_NOT_SUPPORTED,
            CONNECTION_RATE_EXCEEDED,
            MAXIMUM_CONNECT_TIME,
            SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
            WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED);

    static final Set<ReasonCode> AUTH_FROM_CLIENT = of(CONTINUE_AUTHENTICATION, REAUTHENTICATE);

    static final Set<ReasonCode> AUTH_FROM_SERVER = of(SUCCESS, CONTINUE_AUTHENTICATION);

    private LegalReasons() {}

    /** The reason itself when the packet at the cursor may carry it. */
    static ReasonCode require(PacketReader in, Set<ReasonCode> legal, ReasonCode reason) throws MalformedPacket {
        if (!legal.contains(reason)) {
            throw in.protocolError("the reason code " + reason.code() + " does not belong to this packet");
        }
        return reason;
    }

    /**
     * What is sent for a reason. Reasons may come from plugins, which need not know the tables: a failure that the packet
     * cannot carry becomes {@code fallback}, a failure too.
     *
     * @throws IllegalArgumentException when a success does not belong to the packet, for nobody can guess what it was to mean
     */
    static ReasonCode sendable(Set<ReasonCode> legal, ReasonCode reason, ReasonCode fallback) {
        if (legal.contains(reason)) {
            return reason;
        }
        if (!reason.isFailure()) {
            throw new IllegalArgumentException("the packet cannot carry the reason " + reason);
        }
        return fallback;
    }

    private static Set<ReasonCode> of(ReasonCode... reasons) {
        return Collections.unmodifiableSet(EnumSet.copyOf(List.of(reasons)));
    }

    private static Set<ReasonCode> of(List<ReasonCode> base, ReasonCode... more) {
        EnumSet<ReasonCode> union = EnumSet.copyOf(base);
        union.addAll(List.of(more));
        return Collections.unmodifiableSet(union);
    }
}

package io.gatehouse.kernel.transport.websocket;

/** The codes of close frames that the broker sends (RFC 6455 section 7.4). */
final class CloseCode {
    /** MQTT has ended in order; if there is a reason, the DISCONNECT before it says it. */
    static final int NORMAL = 1000;

    /** The broker stops. */
    static final int GOING_AWAY = 1001;

    /** The client broke a rule of RFC 6455. */
    static final int PROTOCOL_ERROR = 1002;

    /** The client sent text: MQTT is binary ([MQTT-6.0.0-1]). */
    static final int UNACCEPTABLE = 1003;

    /** The client sent text that is no UTF-8, as the reason of its close frame. */
    static final int BAD_TEXT = 1007;

    /** A message is larger than the broker takes. */
    static final int TOO_BIG = 1009;

    /** The broker cannot go on with this connection. */
    static final int FAILURE = 1011;

    /** Not sent: stands for a close frame without a code. */
    static final int NONE = 1005;

    private static final int FIRST_PRIVATE = 3000;
    private static final int LAST_PRIVATE = 4999;
    private static final int LAST_REGISTERED = 1014;

    private CloseCode() {}

    /** Whether a client may send this code. */
    static boolean mayBeSent(int code) {
        return (code >= NORMAL && code <= UNACCEPTABLE)
                || (code >= BAD_TEXT && code <= LAST_REGISTERED)
                || (code >= FIRST_PRIVATE && code <= LAST_PRIVATE);
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;

/** What authorization and the publish interceptors make of a message. */
sealed interface Admission {
    /** Goes on, perhaps rewritten. */
    record Admitted(Message message) implements Admission {}

    /** Ends here while the publisher is told that all is well. */
    record Dropped() implements Admission {}

    /** Ends here. */
    record Refused(ReasonCode reason) implements Admission {}

    /** The interceptors are done with it, and somebody has to be asked who may block whether what they made of it is permitted. */
    record Rewritten(Message message) implements Admission {}

    /** Somebody has to be asked who may block; no interceptor was asked yet. */
    record Undecided() implements Admission {}
}

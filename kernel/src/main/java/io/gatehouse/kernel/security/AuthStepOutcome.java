package io.gatehouse.kernel.security;

import io.gatehouse.sdk.mqtt.Payload;

/** What became of one step of an {@link AuthConversation}. */
public sealed interface AuthStepOutcome {

    /** The client shall be asked for more, with this data. */
    record Continue(Payload data) implements AuthStepOutcome {}

    /** The client may connect (or stay); {@code data} goes into the packet that tells it. */
    record Done(AuthOutcome.Accepted accepted, Payload data) implements AuthStepOutcome {}

    /** The client may not connect (or stay). */
    record Refused(AuthOutcome.Refused refused) implements AuthStepOutcome {}
}

package io.gatehouse.kernel.security;

/** Whether a conversation of enhanced authentication could begin. */
public sealed interface EnhancedStart {

    /** It has begun; whoever takes it closes it. */
    record Started(AuthConversation conversation) implements EnhancedStart {}

    /** It has not. */
    record NotStarted(AuthOutcome.NotAccepted outcome) implements EnhancedStart {}
}

package io.gatehouse.kernel.guard;

/** What became of a change of the bans; each with a sentence for the operator. */
public sealed interface BanOutcome {
    /** A sentence for the operator. */
    String sentence();

    /** It is as the operator wants it. */
    record Done(String sentence) implements BanOutcome {}

    /** There is no such ban. */
    record NotFound(String sentence) implements BanOutcome {}

    /** It cannot be done, and nothing changed. */
    record Refused(String sentence) implements BanOutcome {}
}

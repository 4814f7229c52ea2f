package io.gatehouse.kernel.plugin;

/** What came of an operator's command; each is told in one sentence. */
public sealed interface PluginOutcome {
    /** What is the case now, or what is wrong and what to do. */
    String sentence();

    /** It was done. */
    record Done(String sentence) implements PluginOutcome {}

    /** There is no such plugin. */
    record NotFound(String sentence) implements PluginOutcome {}

    /** There is one already. */
    record Exists(String sentence) implements PluginOutcome {}

    /** It was tried, or need not be tried; what ran goes on as before. */
    record Refused(String sentence) implements PluginOutcome {}
}

package io.gatehouse.kernel.memory;

/** How much memory there is left, from plenty to none to speak of. */
public enum MemoryLevel {
    /** Enough. */
    NORMAL,
    /** Nothing new is begun: no new sessions, no retained messages for further topics, nothing waits that need not. */
    TIGHT,
    /** Nothing more is taken until there is room again. */
    FULL
}

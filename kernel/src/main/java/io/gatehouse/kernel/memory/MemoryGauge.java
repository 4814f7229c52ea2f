package io.gatehouse.kernel.memory;

/** Measures one kind of memory. Called by the thread of one {@link MemoryGuard} only. */
public interface MemoryGauge {
    /** How much of what there may be is in use, 0 to 1; it may be out of date, but not by a {@link #refresh()} that was due. */
    double used();

    /** Has it measured anew if the last measurement is old or doubtful; may take as long as a garbage collection. */
    default void refresh() {}
}

package io.gatehouse.kernel.memory;

/** Tells how much memory there is left, and is told what waits in it. Any thread may call at any time; asking costs a volatile read. */
@FunctionalInterface
public interface MemoryPressure {
    /** Always enough. */
    MemoryPressure NONE = () -> MemoryLevel.NORMAL;

    /** The level at this moment. */
    MemoryLevel level();

    /** So many bytes of messages more wait or are retained from now on, or fewer when it is negative. */
    default void waits(long more) {}

    /** True when nothing new is to be begun. */
    default boolean isTight() {
        return level() != MemoryLevel.NORMAL;
    }

    /** True when nothing more is to be taken. */
    default boolean isFull() {
        return level() == MemoryLevel.FULL;
    }
}

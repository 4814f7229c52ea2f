package io.gatehouse.kernel.memory;

/** Tells how much memory there is left. Any thread may ask at any time; it costs a volatile read. */
@FunctionalInterface
public interface MemoryPressure {
    /** Always enough. */
    MemoryPressure NONE = () -> MemoryLevel.NORMAL;

    /** The level at this moment. */
    MemoryLevel level();

    /** True when nothing new is to be begun. */
    default boolean isTight() {
        return level() != MemoryLevel.NORMAL;
    }

    /** True when nothing more is to be taken. */
    default boolean isFull() {
        return level() == MemoryLevel.FULL;
    }
}

package io.gatehouse.kernel.config;

/** What was read for each key of the kernel, when all of them were right. */
@FunctionalInterface
interface KeyValues {
    /** The value, or the default. */
    <T> T get(Key<T> key);
}

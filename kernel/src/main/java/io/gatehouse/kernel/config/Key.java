package io.gatehouse.kernel.config;

import io.gatehouse.kernel.config.hocon.KeyPath;
import java.util.List;

/**
 * One key of the kernel.
 *
 * @param fallback its default, as it would be written in a file
 */
record Key<T>(KeyPath path, Object fallback, ValueType<T> type) {
    static <T> Key<T> of(String path, Object fallback, ValueType<T> type) {
        return new Key<>(new KeyPath(List.of(path.split("\\.", -1))), fallback, type);
    }
}

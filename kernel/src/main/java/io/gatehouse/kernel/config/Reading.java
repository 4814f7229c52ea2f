package io.gatehouse.kernel.config;

import java.util.List;

/** What came of reading one value: the value, or what is wrong with it. */
sealed interface Reading<T> {
    /** A value of the type, within its bounds. */
    record Good<T>(T value) implements Reading<T> {}

    /** Not such a value, for each of these reasons; at least one. */
    record Bad<T>(List<Fault> faults) implements Reading<T> {}

    /**
     * One thing that is wrong.
     *
     * @param element the index of the list element that it is about; -1 for the value as a whole
     * @param key the key in that element; empty for the element as a whole
     * @param message the end of a sentence that begins with the key, such as "must be ..., not ..."
     */
    record Fault(int element, String key, String message) {
        Fault(int element, String message) {
            this(element, "", message);
        }
    }

    static <T> Reading<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Reading<T> bad(String message) {
        return new Bad<>(List.of(new Fault(-1, message)));
    }
}

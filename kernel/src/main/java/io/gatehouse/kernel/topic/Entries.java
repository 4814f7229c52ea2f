package io.gatehouse.kernel.topic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one filter as one reference, since most filters have one: null for none, the entry itself, or an array of two and more.
 * Such a value never changes; each method makes another. Entries are compared by identity and are no arrays.
 */
@SuppressWarnings("ReferenceEquality") // as said above
final class Entries {
    private Entries() {}

    /** The entries and one more. */
    static Object with(@Nullable Object entries, Object entry) {
        if (entries == null) {
            return entry;
        }
        if (!(entries instanceof Object[] several)) {
            return new Object[] {entries, entry};
        }
        Object[] more = Arrays.copyOf(several, several.length + 1);
        more[several.length] = entry;
        return more;
    }

    /** The entries without this one; the same reference when it is not among them. */
    static @Nullable Object without(@Nullable Object entries, Object entry) {
        if (!(entries instanceof Object[] several)) {
            return entries == entry ? null : entries;
        }
        int index = indexOf(several, entry);
        if (index < 0) {
            return several;
        }
        if (several.length == 2) {
            return several[1 - index];
        }
        Object[] rest = Arrays.copyOf(several, several.length - 1);
        System.arraycopy(several, index + 1, rest, index, rest.length - index);
        return rest;
    }

    /** The entries with another in the place of this one; the same reference when it is not among them. */
    static @Nullable Object replaced(@Nullable Object entries, Object entry, Object replacement) {
        if (!(entries instanceof Object[] several)) {
            return entries == entry ? replacement : entries;
        }
        int index = indexOf(several, entry);
        if (index < 0) {
            return several;
        }
        Object[] changed = several.clone();
        changed[index] = replacement;
        return changed;
    }

    private static int indexOf(Object[] several, Object entry) {
        for (int i = 0; i < several.length; i++) {
            if (several[i] == entry) {
                return i;
            }
        }
        return -1;
    }
}

package io.gatehouse.kernel.guard;

import io.gatehouse.kernel.session.AnyThread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table that forgets what was not touched for longest when it is full. In stripes, each with a lock that is held for a few
 * instructions; not for the message path.
 */
@AnyThread
final class BoundedTable<V> {
    private static final int STRIPES = 16;
    private static final int SPREAD = 0x9E3779B9;

    private final List<Stripe<V>> stripes;

    BoundedTable(int capacity) {
        int each = Math.max(1, capacity / STRIPES);
        stripes = IntStream.range(0, STRIPES).mapToObj(_ -> new Stripe<V>(each)).toList();
    }

    @Nullable
    V find(Mark mark) {
        Stripe<V> stripe = stripe(mark);
        synchronized (stripe) {
            return stripe.get(mark);
        }
    }

    /** Replaces a value by what the function makes of it; null stands for none, before and after. The function must not call the table. */
    @Nullable
    V compute(Mark mark, UnaryOperator<@Nullable V> change) {
        Stripe<V> stripe = stripe(mark);
        synchronized (stripe) {
            V after = change.apply(stripe.get(mark));
            if (after == null) {
                stripe.remove(mark);
            } else {
                stripe.put(mark, after);
            }
            return after;
        }
    }

    /** Takes out all values that fit and returns how many there were. */
    int removeIf(Predicate<V> condition) {
        int removed = 0;
        for (Stripe<V> stripe : stripes) {
            synchronized (stripe) {
                int before = stripe.size();
                stripe.values().removeIf(condition);
                removed += before - stripe.size();
            }
        }
        return removed;
    }

    /** All values at this moment. */
    List<V> values() {
        List<V> all = new ArrayList<>();
        for (Stripe<V> stripe : stripes) {
            synchronized (stripe) {
                all.addAll(stripe.values());
            }
        }
        return all;
    }

    private Stripe<V> stripe(Mark mark) {
        // Other bits than those by which a hash map chooses its places.
        return stripes.get(Integer.remainderUnsigned((mark.hashCode() * SPREAD) >>> 16, STRIPES));
    }

    private static final class Stripe<V> extends LinkedHashMap<Mark, V> {
        private static final long serialVersionUID = 1L;
        private static final float LOAD = 0.75f;

        private final int most;

        Stripe(int most) {
            super(16, LOAD, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Mark, V> eldest) {
            return size() > most;
        }
    }
}

package io.gatehouse.authz.acl.term;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a text, so that all of it can be told at once. Used by one thread. */
public final class Problems {
    /** More than these help nobody; whoever reads the text stops when they are reached. */
    public static final int LIMIT = 50;

    private final List<Problem> found = new ArrayList<>();

    /** Notes a problem, unless there are enough. */
    public void add(Position at, String text) {
        if (!isFull()) {
            found.add(new Problem(at, text));
        }
    }

    /** Notes a problem and gives null, the value of what could not be read. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // always null, so no cast can go wrong
    public <T> @Nullable T refuse(Position at, String text) {
        add(at, text);
        return null;
    }

    /** True when reading on is pointless. */
    public boolean isFull() {
        return found.size() >= LIMIT;
    }

    /** True when nothing is wrong so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All problems, in the order of their places. */
    public List<Problem> inOrder() {
        return found.stream().sorted(Comparator.comparing(Problem::at)).toList();
    }
}

package io.gatehouse.kernel.security;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds the threads that a plugin started and did not end. A thread inherits its context class loader, and while the kernel calls a
 * plugin that is the plugin's.
 */
public final class LeakedThreads {
    private LeakedThreads() {}

    /**
     * The platform threads that run now and belong to this class loader: by their context class loader, or because their class is from
     * it. Virtual threads cannot be listed. Any thread; takes microseconds for each thread there is.
     */
    @SuppressWarnings("ReferenceEquality") // the very loader
    public static List<Thread> of(ClassLoader loader) {
        return running()
                .filter(thread -> thread.getContextClassLoader() == loader
                        || thread.getClass().getClassLoader() == loader)
                .toList();
    }

    private static Stream<Thread> running() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        // The list is cut off silently when there is no room, so there has to be some left.
        Thread[] threads = new Thread[root.activeCount() + 1];
        int found = root.enumerate(threads);
        while (found == threads.length) {
            threads = new Thread[threads.length * 2];
            found = root.enumerate(threads);
        }
        return Arrays.stream(threads).filter(Objects::nonNull);
    }
}

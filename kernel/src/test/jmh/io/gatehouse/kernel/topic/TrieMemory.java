package io.gatehouse.kernel.topic;

import java.util.concurrent.TimeUnit;

/**
 * Prints how many bytes of heap a filter takes in the subscription index, beside the entry that the caller brings and the string of
 * the filter that it may keep. Run it alone in its process; the arguments are numbers of filters.
 */
public final class TrieMemory {
    private TrieMemory() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.out.printf("%10s %14s %14s%n", "filters", "bytes/filter", "us/add");
        for (String argument : arguments.length == 0 ? new String[] {"100000", "1000000"} : arguments) {
            measure(Integer.parseInt(argument));
        }
    }

    private static void measure(int filters) throws InterruptedException {
        Object entry = new Object(); // one for all: the index knows entries by identity only within a filter
        long before = used();
        SubscriptionIndex<Object> index = new SubscriptionIndex<>();
        long start = System.nanoTime();
        for (int i = 0; i < filters; i++) {
            index.add(Fleet.filter(i), entry);
        }
        long nanos = System.nanoTime() - start;
        long bytes = used() - before;
        System.out.printf("%10d %14.1f %14.2f%n", index.size(), (double) bytes / filters, nanos / 1e3 / filters);
    }

    /** The heap in use when nothing is left to collect. */
    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}

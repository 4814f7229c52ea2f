package io.gatehouse.kernel.swap;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * How long answers took, by windows of about a second, each quiet or with swaps in it. One thread opens windows, any records. The median
 * of the windows' p99 is what two kinds of windows are compared by: a window in which the machine did something else does not move it.
 */
final class Latencies {
    private record Window(boolean swaps, Queue<Long> nanos) {}

    private final List<Window> windows = new CopyOnWriteArrayList<>();

    void open(boolean swaps) {
        windows.add(new Window(swaps, new ConcurrentLinkedQueue<>()));
    }

    void record(long nanos) {
        if (!windows.isEmpty()) {
            windows.getLast().nanos().add(nanos);
        }
    }

    /** Milliseconds. */
    double medianOfP99(boolean swaps) {
        List<Double> all = of(swaps)
                .map(window -> percentile(window.nanos().stream(), 0.99))
                .sorted()
                .toList();
        return all.isEmpty() ? 0 : all.get(all.size() / 2);
    }

    /** Milliseconds, over all windows. */
    double p99(boolean swaps) {
        return percentile(of(swaps).flatMap(window -> window.nanos().stream()), 0.99);
    }

    /** Milliseconds. */
    double worst(boolean swaps) {
        return percentile(of(swaps).flatMap(window -> window.nanos().stream()), 1);
    }

    private Stream<Window> of(boolean swaps) {
        return windows.stream().filter(window -> window.swaps() == swaps);
    }

    private static double percentile(Stream<Long> nanos, double part) {
        List<Long> sorted = nanos.sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(part * sorted.size()) - 1) / 1e6;
    }
}

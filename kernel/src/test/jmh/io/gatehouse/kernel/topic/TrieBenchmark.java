package io.gatehouse.kernel.topic;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Finding, adding and removing among very many filters. Topics come in an order that defeats the processor's caches, as devices do. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-Xmx3g")
public class TrieBenchmark {
    private static final int STRIDE = 7_919;
    private static final int TOPICS = 1 << 14;

    @Param({"100000", "1000000"})
    public int filters;

    private final SubscriptionIndex<Object> index = new SubscriptionIndex<>();
    private final Matches<Object> matches = new Matches<>();
    private final Object entry = new Object();
    private final String[] topics = new String[TOPICS];
    private final String[] others = new String[TOPICS];
    private int next;

    @Setup
    public void prepare() {
        for (int i = 0; i < filters; i++) {
            index.add(Fleet.filter(i), new Object());
        }
        int devices = filters / Fleet.FILTERS_OF_A_DEVICE;
        for (int i = 0; i < TOPICS; i++) {
            topics[i] = Fleet.topic((int) ((long) i * STRIDE % devices));
            others[i] = "fleet/r" + i % 64 + "/new" + i + "/+";
        }
    }

    private int next() {
        next = (next + 1) & (TOPICS - 1);
        return next;
    }

    /** Four entries, three of them by wildcards. */
    @Benchmark
    public int match() {
        matches.clear();
        index.match(topics[next()], matches);
        return matches.size();
    }

    /** A topic that only '#' and '+' branches could have selected, and did not. */
    @Benchmark
    public int matchNothing() {
        matches.clear();
        index.match("fleet/r1/nobody/t", matches);
        return matches.size();
    }

    /** One filter comes and goes: two changes. */
    @Benchmark
    public boolean addAndRemove() {
        String filter = others[next()];
        index.add(filter, entry);
        return index.remove(filter, entry);
    }
}

package io.gatehouse.kernel.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Throws very many inputs at one decoder: the same for the same seed. An input with a new outcome joins those that further ones are made
 * of, so that the campaign works its way into the decoder. It fails at the first input that is answered wrongly, takes longer than a
 * second, or makes the decoder allocate more than 64 MiB.
 */
public final class Campaign {
    public static final long MOST_BYTES = 64L << 20;
    public static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** What took longer is measured again, without what else the machine did. */
    private static final long SUSPICIOUS_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** When nothing has moved for so long on a machine that may be busy, an input hangs. */
    private static final int HANGS_SECONDS = 20;

    private static final int LARGEST_POOL = 5_000;
    private static final int LARGEST_KEPT = 4_096;
    private static final int SHOWN = 2_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<String, Found> outcomes = new LinkedHashMap<>();
    private final FuzzTarget target;
    private final SplittableRandom random;
    private final Mutator mutator;
    private long slowest;
    private long most;
    private volatile Found current = new Found("", new byte[0], 0);
    private volatile long done;

    /** The same inputs for the same seed. */
    public Campaign(FuzzTarget target, long seed) {
        this.target = target;
        this.random = new SplittableRandom(seed);
        this.mutator = new Mutator(random);
    }

    /** An input and what became of it. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    public record Found(String outcome, byte[] input, int choice) {}

    /** How it went. */
    public record Figures(long inputs, int outcomes, Duration slowest, long mostBytes, Duration took) {
        @Override
        public String toString() {
            return "%,d inputs, %,d outcomes, slowest %,d us, most allocated %,d bytes, took %d s"
                    .formatted(inputs, outcomes, slowest.toNanos() / 1_000, mostBytes, took.toSeconds());
        }
    }

    /** The first input of each outcome. */
    public List<Found> outcomes() {
        return List.copyOf(outcomes.values());
    }

    /** At what it throws. */
    public FuzzTarget target() {
        return target;
    }

    /** Runs so many inputs, on a thread of its own that is watched. */
    public Figures run(long inputs) throws InterruptedException {
        long start = System.nanoTime();
        FutureTask<Void> work = new FutureTask<>(() -> runAll(inputs), null);
        Thread.ofPlatform().daemon().name("fuzz").start(work);
        long seen = -1;
        while (!ended(work)) {
            if (done == seen) {
                throw new AssertionError("hangs: " + describe(current));
            }
            seen = done;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new Figures(inputs, outcomes.size(), Duration.ofNanos(slowest), most, took);
    }

    private static boolean ended(FutureTask<Void> work) throws InterruptedException {
        try {
            work.get(HANGS_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    private void runAll(long inputs) {
        List<byte[]> pool = new ArrayList<>(target.seeds());
        for (byte[] seed : List.copyOf(pool)) {
            meets(seed, random.nextInt());
        }
        for (long i = 0; i < inputs; i++) {
            byte[] input = target.repair(mutator.mutate(pool), random);
            boolean fresh = meets(input, random.nextInt());
            if (fresh && pool.size() < LARGEST_POOL && input.length <= LARGEST_KEPT) {
                pool.add(input);
            }
            done++;
        }
    }

    /** True when the outcome is a new one. */
    private boolean meets(byte[] input, int choice) {
        current = new Found("", input, choice);
        try {
            measure(input, choice);
            String outcome = target.check(input, choice);
            return outcomes.putIfAbsent(outcome, new Found(outcome, input, choice)) == null;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(describe(current) + ": " + e, e);
        }
    }

    /** Reads the input once, and fails if that was dear. */
    public void measure(byte[] input, int choice) {
        long before = threads.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        target.read(input, choice);
        long nanos = System.nanoTime() - start;
        long bytes = threads.getCurrentThreadAllocatedBytes() - before;
        if (nanos > SUSPICIOUS_NANOS) {
            nanos = Math.min(nanos, cpuNanos(input, choice));
        }
        if (nanos > MOST_NANOS || bytes > MOST_BYTES) {
            throw new AssertionError("took %,d us and %,d bytes".formatted(nanos / 1_000, bytes));
        }
        slowest = Math.max(slowest, nanos);
        most = Math.max(most, bytes);
    }

    private long cpuNanos(byte[] input, int choice) {
        long start = threads.getCurrentThreadCpuTime();
        target.read(input, choice);
        return threads.getCurrentThreadCpuTime() - start;
    }

    private String describe(Found found) {
        String hex = HexFormat.ofDelimiter(" ").formatHex(found.input());
        return target.describe(found.choice()) + ", " + found.input().length + " bytes: "
                + (hex.length() > SHOWN ? hex.substring(0, SHOWN) + "..." : hex);
    }

    /** The same outcome with as few bytes as taking out one after the other leaves. */
    public Found smaller(Found found) {
        Found smallest = found;
        for (int at = found.input().length - 1; at >= 0; at--) {
            byte[] rest = without(smallest.input(), at);
            for (byte[] candidate : List.of(
                    rest, target.repair(rest, new SplittableRandom(1)), target.repair(rest, new SplittableRandom(2)))) {
                if (candidate.length < smallest.input().length
                        && target.check(candidate, found.choice()).equals(found.outcome())) {
                    smallest = new Found(found.outcome(), candidate, found.choice());
                    break;
                }
            }
        }
        return smallest;
    }

    private static byte[] without(byte[] input, int at) {
        if (at >= input.length) {
            return input;
        }
        byte[] rest = new byte[input.length - 1];
        System.arraycopy(input, 0, rest, 0, at);
        System.arraycopy(input, at + 1, rest, at, rest.length - at);
        return rest;
    }
}

package io.gatehouse.kernel.store;

import io.gatehouse.kernel.topic.Steps;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
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

/** Retained messages: one replaced, and the search behind a new subscription. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RetainedBenchmark {
    private static final int IN_A_GROUP = 100;

    @Param("100000")
    public int messages;

    private RetainedStore store;
    private Publication[] publications;
    private int next;

    @Setup
    public void prepare() {
        store = new MemoryRetainedStore(messages);
        publications = new Publication[messages];
        Payload payload = Payload.ofOwned(new byte[256]);
        for (int i = 0; i < messages; i++) {
            Message message =
                    Message.of("ret/" + i / IN_A_GROUP + "/" + i, payload).withRetain(true);
            publications[i] = new Publication(message, "publisher", 0);
            store.retain(publications[i]);
        }
    }

    @Benchmark
    public void replaceOne() {
        next = (next + 7_919) % messages;
        store.retain(publications[next]);
    }

    /** One message by its own name. */
    @Benchmark
    public long matchOne() {
        return count("ret/0/0");
    }

    /** A hundred of many. */
    @Benchmark
    public long matchHundred() {
        return count("ret/7/+");
    }

    /** All of them; divide by their number. */
    @Benchmark
    public long matchAll() {
        return count("ret/#");
    }

    private long count(String filter) {
        RetainedSearch search = store.search(filter);
        long found = 0;
        while (search.next(0, Steps.ALL) != null) {
            found++;
        }
        return found;
    }
}

package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What was added is found by whoever knows that it was, the first wildcard of the index too; what was removed is not. -1 for a reader
 * that came earlier.
 */
@JCStressTest
@Outcome(
        id = {"-1, -1", "1, -1", "1, 0", "-1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "the change was seen, or had not ended")
@Outcome(expect = Expect.FORBIDDEN, desc = "a change that had ended was not seen")
@State
public class FilterVisibleStress {
    private final Object comes = new Object();
    private final Object goes = new Object();
    private final SubscriptionIndex<Object> filling = new SubscriptionIndex<>();
    private final SubscriptionIndex<Object> emptying = new SubscriptionIndex<>();
    private volatile boolean added;
    private volatile boolean removed;

    public FilterVisibleStress() {
        emptying.add("a/b/#", goes);
    }

    @Actor
    public void writer() {
        filling.add("a/+/c", comes);
        added = true;
        emptying.remove("a/b/#", goes);
        removed = true;
    }

    @Actor
    public void reader(II_Result result) {
        result.r1 = added ? count(filling) : -1;
        result.r2 = removed ? count(emptying) : -1;
    }

    private static int count(SubscriptionIndex<Object> index) {
        Matches<Object> matches = new Matches<>();
        index.match("a/b/c", matches);
        return matches.size();
    }
}

package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A client subscribes again while messages arrive: each of them finds the old subscription or the new one, 1 or 2, never none or both. */
@JCStressTest
@Outcome(
        id = {"1, 1", "1, 2", "2, 1", "2, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "one of the two for each filter")
@Outcome(expect = Expect.FORBIDDEN, desc = "none, or both")
@State
public class FilterReplaceStress {
    private final Object old = new Object();
    private final Object replacement = new Object();
    private final SubscriptionIndex<Object> index = new SubscriptionIndex<>();

    public FilterReplaceStress() {
        index.add("a/+", old);
        index.add("a/b", old);
    }

    @Actor
    public void writer() {
        index.replace("a/+", old, replacement);
        index.replace("a/b", old, replacement);
    }

    @Actor
    public void reader(II_Result result) {
        Matches<Object> matches = new Matches<>();
        index.match("a/b", matches);
        result.r1 = matches.size() == 2 ? number(matches.get(0)) : 9;
        result.r2 = matches.size() == 2 ? number(matches.get(1)) : 9;
    }

    private int number(Object found) {
        return found == old ? 1 : 2;
    }
}

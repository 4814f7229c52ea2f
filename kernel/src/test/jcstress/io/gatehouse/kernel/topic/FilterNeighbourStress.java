package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One filter goes, and with it a branch of the trie; its neighbours in front of the branch and beside it were there all the time, so every
 * search finds both.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(expect = Expect.FORBIDDEN, desc = "missed, or found twice")
@State
public class FilterNeighbourStress {
    private final Object stays = new Object();
    private final Object goes = new Object();
    private final SubscriptionIndex<Object> index = new SubscriptionIndex<>();

    public FilterNeighbourStress() {
        index.add("a/+/c", stays);
        index.add("a/+/b/+", stays);
        index.add("a/+/c/+/e", goes);
    }

    @Actor
    public void writer() {
        index.remove("a/+/c/+/e", goes);
    }

    @Actor
    public void reader(II_Result result) {
        Matches<Object> matches = new Matches<>();
        index.match("a/x/c", matches);
        result.r1 = matches.size();
        matches.clear();
        index.match("a/x/b/y", matches);
        result.r2 = matches.size();
    }
}

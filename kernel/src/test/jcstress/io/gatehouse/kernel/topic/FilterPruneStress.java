package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One writer removes the last filter of a branch while another adds one to the same branch: the branch must not go with it. */
@JCStressTest
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the old one is gone, the new one is found")
@Outcome(expect = Expect.FORBIDDEN, desc = "removed and found, or added and lost")
@State
public class FilterPruneStress {
    private final Object goes = new Object();
    private final Object comes = new Object();
    private final SubscriptionIndex<Object> index = new SubscriptionIndex<>();

    public FilterPruneStress() {
        index.add("a/+/c", goes);
    }

    @Actor
    public void remover() {
        index.remove("a/+/c", goes);
    }

    @Actor
    public void adder() {
        index.add("a/+/d", comes);
    }

    @Arbiter
    public void search(II_Result result) {
        Matches<Object> matches = new Matches<>();
        index.match("a/x/c", matches);
        result.r1 = matches.size();
        matches.clear();
        index.match("a/x/d", matches);
        result.r2 = matches.size();
    }
}

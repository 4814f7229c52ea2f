package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two clients come to a filter and one leaves it; the one that was there before is found throughout, once, and all are counted. */
@JCStressTest
@Outcome(id = "1, 3, 3", expect = Expect.ACCEPTABLE, desc = "who stays is found, and in the end those who came are")
@Outcome(expect = Expect.FORBIDDEN, desc = "somebody got lost")
@State
public class FilterCrowdStress {
    private final Object stays = new Object();
    private final Object goes = new Object();
    private final SubscriptionIndex<Object> index = new SubscriptionIndex<>();

    public FilterCrowdStress() {
        index.add("a/+", goes);
        index.add("a/+", stays);
    }

    @Actor
    public void writer() {
        index.add("a/+", new Object());
        index.add("a/+", new Object());
        index.remove("a/+", goes);
    }

    @Actor
    public void reader(III_Result result) {
        Matches<Object> matches = new Matches<>();
        index.match("a/b", matches);
        int found = 0;
        for (int i = 0; i < matches.size(); i++) {
            found += matches.get(i) == stays ? 1 : 0;
        }
        result.r1 = found;
    }

    @Arbiter
    public void search(III_Result result) {
        Matches<Object> matches = new Matches<>();
        index.match("a/b", matches);
        result.r2 = matches.size();
        result.r3 = index.size();
    }
}

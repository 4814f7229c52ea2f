package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Many siblings come and go, so that the place where a node keeps its children grows and shrinks; those who stay are found throughout. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(expect = Expect.FORBIDDEN, desc = "missed, or found twice")
@State
public class FilterTableStress {
    private static final String[] COMING = {"a/1/+", "a/2/+", "a/3/+", "a/4/+", "a/5/+", "a/6/+"};

    private final Object entry = new Object();
    private final SubscriptionIndex<Object> index = new SubscriptionIndex<>();

    public FilterTableStress() {
        index.add("a/first/+", entry);
        index.add("a/second/+", entry);
    }

    @Actor
    public void writer() {
        for (String filter : COMING) {
            index.add(filter, entry);
        }
        for (String filter : COMING) {
            index.remove(filter, entry);
        }
    }

    @Actor
    public void reader(II_Result result) {
        result.r1 = count("a/second/x");
        result.r2 = count("a/first/x");
    }

    private int count(String topic) {
        Matches<Object> matches = new Matches<>();
        index.match(topic, matches);
        return matches.size();
    }
}

package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A retained message goes, and with it a branch of the tree; its neighbours are found by every search. */
@JCStressTest
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "found")
@Outcome(expect = Expect.FORBIDDEN, desc = "missed, or found twice")
@State
public class TreeNeighbourStress {
    private static final String STAYS = "stays";
    private final TopicTree<String> tree = new TopicTree<>();

    public TreeNeighbourStress() {
        tree.put("a/b", STAYS);
        tree.put("a/d/e", STAYS);
        tree.put("a/b/c/d", "goes");
    }

    @Actor
    public void writer() {
        tree.remove("a/b/c/d");
    }

    @Actor
    public void reader(II_Result result) {
        TopicSearch<String> search = tree.search("a/#");
        for (String value = search.next(Steps.ALL); value != null; value = search.next(Steps.ALL)) {
            result.r1 += value.equals(STAYS) ? 1 : 0;
        }
        result.r2 = STAYS.equals(tree.get("a/b")) ? 1 : 0;
    }
}

package io.gatehouse.kernel.topic;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** One writer removes the last message of a branch while another puts one into it. */
@JCStressTest
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "the old one is gone, the new one is there, and one is counted")
@Outcome(expect = Expect.FORBIDDEN, desc = "removed and there, or put and lost")
@State
public class TreePruneStress {
    private final TopicTree<String> tree = new TopicTree<>();

    public TreePruneStress() {
        tree.put("a/b/c", "goes");
    }

    @Actor
    public void remover() {
        tree.remove("a/b/c");
    }

    @Actor
    public void putter() {
        tree.put("a/b/d", "comes");
    }

    @Arbiter
    public void search(III_Result result) {
        result.r1 = tree.get("a/b/c") == null ? 0 : 1;
        result.r2 = tree.get("a/b/d") == null ? 0 : 1;
        result.r3 = tree.size();
    }
}

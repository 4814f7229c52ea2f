package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginLease;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two threads close the same lease: one of them, and only one, is refused. */
@JCStressTest
@Outcome(id = {"0, 1", "1, 0"}, expect = Expect.ACCEPTABLE, desc = "one closed it, the other one was refused")
@Outcome(expect = Expect.FORBIDDEN, desc = "closed twice, or not at all")
@State
public class CloseStress {
    private final PluginLease lease = new SnapshotHolder(Snapshots.empty(0), Set.of()).lease();

    @Actor
    public void one(II_Result result) {
        result.r1 = close();
    }

    @Actor
    public void two(II_Result result) {
        result.r2 = close();
    }

    private int close() {
        try {
            lease.close();
            return 0;
        } catch (IllegalStateException refused) {
            return 1;
        }
    }
}

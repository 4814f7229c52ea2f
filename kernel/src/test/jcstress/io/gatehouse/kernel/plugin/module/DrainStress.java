package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginLease;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A reader leases while a writer replaces the snapshot, drains its service and destroys it. The reader tells 0 when it held the old
 * snapshot and its service was whole, 1 when it held the new one, 9 when it held a snapshot whose service was drained already; the
 * writer tells 1 when the service was drained.
 */
@JCStressTest
@Outcome(id = {"0, 0", "0, 1", "1, 0", "1, 1"}, expect = Expect.ACCEPTABLE, desc = "held before it was drained, or turned away")
@Outcome(expect = Expect.FORBIDDEN, desc = "a lease on a snapshot whose service was drained")
@State
public class DrainStress {
    private final Object service = new Object();
    private final SnapshotHolder holder = new SnapshotHolder(Snapshots.empty(0), Set.of(service));
    private boolean destroyed;

    @Actor
    public void reader(II_Result result) {
        result.r1 = read();
    }

    @Actor
    public void writer(II_Result result) {
        holder.publish(Set.of(), Snapshots::empty);
        if (holder.drain(List.of(service), Duration.ZERO)) {
            destroyed = true;
            result.r2 = 1;
        }
    }

    private int read() {
        try (PluginLease lease = holder.lease()) {
            if (lease.snapshot().generation() == 1) {
                return 1;
            }
            return destroyed ? 9 : 0;
        }
    }
}

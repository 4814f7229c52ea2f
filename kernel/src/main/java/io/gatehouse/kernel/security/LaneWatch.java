package io.gatehouse.kernel.security;

import io.gatehouse.kernel.session.LaneSlot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the lanes for calls of plugins that do not come back: one thread looks at all of them fifty times in a second, or ten times
 * when it has seen none for a second. A call that it sees again and again moves its module off the lanes; one that outlasts its deadline is
 * interrupted, once.
 */
public final class LaneWatch implements AutoCloseable {
    /** A call that holds a lane for so long has blocked. */
    static final Duration SUSPICIOUS = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(LaneWatch.class);
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long QUIET_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int QUIET_LOOKS = 50;

    /** How long an interrupted call may take to end before its lane is reported to stand still. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Watched> lanes;
    private final Thread thread =
            Thread.ofPlatform().name("lane-watch").daemon().unstarted(this::watch);
    private volatile boolean closed;

    /** A watch that has not begun. */
    public LaneWatch(List<LaneSlot> lanes) {
        this.lanes = lanes.stream().map(Watched::new).toList();
    }

    /** Begins to watch. */
    public LaneWatch start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        long before = System.nanoTime();
        int quietLooks = 0;
        while (!closed) {
            LockSupport.parkNanos(this, quietLooks < QUIET_LOOKS ? PERIOD_NANOS : QUIET_PERIOD_NANOS);
            long now = System.nanoTime();
            // When the whole machine stood still, so did the lanes: that is not their calls' fault.
            long gap = Math.min(now - before, 2 * PERIOD_NANOS);
            before = now;
            quietLooks = Math.min(quietLooks + 1, QUIET_LOOKS);
            for (Watched lane : lanes) {
                look(lane, gap);
                if (lane.called()) {
                    quietLooks = 0;
                }
            }
        }
    }

    private static void look(Watched lane, long gap) {
        try {
            lane.look(gap);
        } catch (RuntimeException e) {
            LOG.error("Watching a lane failed", e);
        }
    }

    private enum Stage {
        CALLED,
        SUSPECTED,
        INTERRUPTED,
        DEAF
    }

    /** One lane, and what was seen on it last. */
    private static final class Watched {
        private final LaneSlot lane;
        private LaneSlot.@Nullable Call last;
        private Stage stage = Stage.CALLED;
        private long seenNanos;
        private long callsSeen;

        Watched(LaneSlot lane) {
            this.lane = lane;
        }

        void look(long gap) {
            LaneSlot.Call now = lane.current();
            LaneSlot.Call before = last;
            if (now != null && before != null && now.number() == before.number()) {
                seenNanos += gap;
                judge(now, now.deadline().toNanos());
                return;
            }
            if (before != null && stage == Stage.DEAF) {
                before.callee().cameBack(lane);
            }
            last = now;
            stage = Stage.CALLED;
            seenNanos = 0;
        }

        /** True when there was a call since the last look, or there is one. */
        boolean called() {
            long calls = lane.calls();
            boolean more = calls != callsSeen || last != null;
            callsSeen = calls;
            return more;
        }

        private void judge(LaneSlot.Call call, long deadline) {
            if (stage == Stage.CALLED && seenNanos >= Math.min(deadline, SUSPICIOUS.toNanos())) {
                stage = Stage.SUSPECTED;
                call.callee()
                        .lasts(lane, Duration.ofNanos(seenNanos), call.thread().getStackTrace());
            }
            if (stage == Stage.SUSPECTED && seenNanos >= deadline) {
                stage = Stage.INTERRUPTED;
                lane.interrupt(call);
            }
            if (stage == Stage.INTERRUPTED && seenNanos >= deadline + GRACE_NANOS) {
                stage = Stage.DEAF;
                call.callee().isDeaf(lane);
            }
        }
    }
}

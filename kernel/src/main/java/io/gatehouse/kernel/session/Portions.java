package io.gatehouse.kernel.session;

import io.gatehouse.kernel.topic.Steps;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Long work that a lane does in portions, so that nobody waits for the end of it: all such work together gets so many steps in each round of
 * the lane. Whoever finds none left waits here, behind those who wait already, and goes on in one of the next rounds. It costs a lane nothing
 * while there is no such work.
 */
@OnLane
public final class Portions implements Steps {
    /** What a lane does in well under a millisecond, messages that are sent included. */
    static final int STEPS = 1_000;

    private final Lane lane;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int left = STEPS;

    /** The next portion has been asked for. */
    private boolean asked;

    /** The portions of this lane, which has no others. */
    public Portions(Lane lane) {
        this.lane = lane;
    }

    @Override
    public boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        ask();
        return true;
    }

    /** Runs a task on the lane when there are steps again. */
    void whenRenewed(Runnable task) {
        waiting.add(task);
        ask();
    }

    private void ask() {
        if (!asked) {
            asked = true;
            lane.executeNextRound(this::renew);
        }
    }

    private void renew() {
        asked = false;
        left = STEPS;
        try {
            for (Runnable next = waiting.poll(); next != null; next = left == 0 ? null : waiting.poll()) {
                next.run();
            }
        } finally { // whatever one of them threw, the others go on
            if (!waiting.isEmpty()) {
                ask();
            }
        }
    }
}

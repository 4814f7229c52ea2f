package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.OnLane;
import java.util.ArrayDeque;

/** Which lanes are behind with what one lane hands over to them, and what it does when they have caught up. */
@OnLane
final class Congestion {
    private final boolean[] behind;
    private final ArrayDeque<Runnable> whenRelieved = new ArrayDeque<>(1);
    private int lanesBehind;

    Congestion(int lanes) {
        this.behind = new boolean[lanes];
    }

    boolean isThere() {
        return lanesBehind > 0;
    }

    /** A lane is behind. */
    void begins(int lane) {
        if (!behind[lane]) {
            behind[lane] = true;
            lanesBehind++;
        }
    }

    /** A lane has caught up; with the last of them, what waited is done. */
    void ends(int lane) {
        if (behind[lane]) {
            behind[lane] = false;
            lanesBehind--;
        }
        for (int most = whenRelieved.size(); most > 0 && lanesBehind == 0; most--) {
            whenRelieved.remove().run();
        }
    }

    /** Does something when no lane is behind any more. */
    void whenRelieved(Runnable task) {
        whenRelieved.add(task);
    }
}

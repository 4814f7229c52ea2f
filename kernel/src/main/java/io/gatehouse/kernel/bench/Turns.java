package io.gatehouse.kernel.bench;

import java.util.List;

/** Keeps a schedule that several publishers share by turns: wakes each one when its next message is due. One thread. */
final class Turns {
    private final PacedSchedule schedule;
    private final List<Publisher> publishers;
    private final int all;
    private int next;
    private long round;

    /**
     * Turns of some publishers.
     *
     * @param publishers those of one worker, in the order of their numbers
     * @param all how many there are at all workers
     */
    Turns(PacedSchedule schedule, List<Publisher> publishers, int all) {
        this.schedule = schedule;
        this.publishers = List.copyOf(publishers);
        this.all = all;
    }

    /** Lets those send whose turn has come; how long it is until the next one's, or -1 when there is nothing more to send. */
    long run(long now) {
        Publisher turn = publishers.get(next);
        while (round < turn.limit()) {
            long due = schedule.due(round * all + turn.number());
            if (due > now) {
                return due - now;
            }
            turn.pump(now);
            next++;
            if (next == publishers.size()) {
                next = 0;
                round++;
            }
            turn = publishers.get(next);
        }
        return -1;
    }
}

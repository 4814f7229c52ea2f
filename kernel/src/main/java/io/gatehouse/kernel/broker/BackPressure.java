package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.routing.Router;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import java.time.Duration;
import java.util.List;

/**
 * Slows publishers down to what the broker can take, by not reading from them for a while. Nothing that was taken is lost for it, and no
 * lane ever waits.
 *
 * <ul>
 *   <li>While another lane is behind with what this one hands over, each publisher of this lane is paused after its next message.
 *   <li>While the memory is full, a message is put off before it is taken, for as long as {@link #PATIENCE}; then it is up to the
 *       caller to refuse it.
 * </ul>
 */
@OnLane
final class BackPressure {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MemoryPressure memory;
    private final Router router;
    private final BoundCounters counters;
    private final List<PutOff> putOff;

    BackPressure(Lanes lanes, MemoryPressure memory, Router router, BoundCounters counters) {
        this.memory = memory;
        this.router = router;
        this.counters = counters;
        this.putOff = lanes.all().stream().map(lane -> new PutOff(lane, memory)).toList();
    }

    /** True when nothing may be taken at this moment. */
    boolean isFull() {
        return memory.isFull();
    }

    /**
     * Puts a message off while the memory is full: reading from its publisher pauses.
     *
     * @param bytes the size of the message, for what is put off takes memory too
     * @param then takes or refuses the message, later and on the lane, unless the connection has closed meanwhile
     * @return false when too much has been put off already; then nothing happens
     */
    boolean putOff(ClientContext context, int bytes, Runnable then) {
        boolean taken = putOff.get(context.link.lane().index()).add(bytes, () -> {
            if (!context.isClosed()) {
                context.goOn(then);
                release(context);
            }
        });
        if (taken) {
            hold(context);
        }
        return taken;
    }

    /** A message of this client was routed: reading from it pauses when a lane is behind. */
    void routed(ClientContext context) {
        Lane lane = context.link.lane();
        if (router.isCongested(lane) && !context.held) {
            hold(context);
            router.whenRelieved(lane, () -> release(context));
        }
    }

    private void hold(ClientContext context) {
        context.held = true;
        counters.publishersHeld.increment();
        context.link.holdReading(true);
    }

    private void release(ClientContext context) {
        context.held = false;
        if (!context.isClosed()) {
            context.link.holdReading(false);
        }
    }
}

package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks, while so much waits to be written to a client that no message may be added, whether the client takes any of it. The client
 * takes nothing when the same piece waits in front of all others, and no byte of it has left.
 */
@OnLane
final class StallWatch {
    private static final int LOOKS = 4;
    private static final Duration SHORTEST_STEP = Duration.ofMillis(50);

    private final Channel channel;
    private final Runnable whenStalled;
    private Duration timeout = Duration.ZERO;
    private Lane.@Nullable Timer timer;
    private @Nullable Object front;
    private long progress;
    private long since;

    /**
     * A watch that does nothing yet.
     *
     * @param whenStalled called when the client took nothing for as long as {@link #begin} was told
     */
    StallWatch(Channel channel, Runnable whenStalled) {
        this.channel = channel;
        this.whenStalled = whenStalled;
    }

    /** Looks from now on until the channel can be written again; does nothing when it looks already. */
    void begin(Lane lane, Duration atMost) {
        if (timer == null) {
            timeout = atMost;
            since = System.nanoTime();
            lookLater(lane);
        }
    }

    private void lookLater(Lane lane) {
        Duration step = timeout.dividedBy(LOOKS);
        timer = lane.schedule(step.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : step, () -> look(lane));
    }

    private void look(Lane lane) {
        timer = null;
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        if (waiting == null || channel.isWritable()) {
            end();
        } else if (System.nanoTime() - lastProgress(waiting) < timeout.toNanos()) {
            lookLater(lane);
        } else {
            end();
            whenStalled.run();
        }
    }

    /** Looks no more, and holds nothing of the channel: it is closed, or can be written again. */
    void end() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        front = null;
    }

    @SuppressWarnings("ReferenceEquality") // the very piece that stood in front before
    private long lastProgress(ChannelOutboundBuffer waiting) {
        Object first = waiting.current();
        long left = waiting.currentProgress();
        if (first != front || left != progress) {
            front = first;
            progress = left;
            since = System.nanoTime();
        }
        return since;
    }
}

package io.gatehouse.kernel.transport;

import io.gatehouse.kernel.session.OnLane;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long the broker goes on waiting for one client: first for its CONNECT, then for any packet (MQTT 5.0 section 3.1.2.10), in the end
 * for it to read what was sent to it. Its place in the {@link DeadlineWheel} of its lane is a part of it, so that waiting for a client
 * costs one object.
 */
@OnLane
final class Patience {
    private static final double KEEP_ALIVE_GRACE = 1.5;

    private final Connection connection;
    private boolean renewable;
    private long since;
    private long nanos;

    // the wheel's own: neighbours in a slot, and which slot; -1 when it is in none
    @Nullable
    Patience before;

    @Nullable
    Patience after;

    int slot = -1;

    /** Waits for nothing yet. */
    Patience(Connection connection) {
        this.connection = connection;
    }

    /** Waits this long from now on, whatever the client sends in the meantime. */
    void begin(Duration atMost) {
        since = System.nanoTime();
        nanos = atMost.toNanos();
        goOn();
    }

    /** Waits for packets, each time anew: one and a half times the keep alive, or for ever if that is 0. */
    void keepAlive(int seconds) {
        renewable = true;
        if (seconds > 0) {
            begin(Duration.ofMillis((long) (seconds * KEEP_ALIVE_GRACE * 1000)));
        } else {
            pause();
        }
    }

    /** The client has sent something, or could not because nobody listened to it. Before CONNECT is answered that counts for nothing. */
    void renew() {
        if (renewable) {
            since = System.nanoTime();
        }
    }

    /** The connection leaves its lane, or is gone: nobody looks at the clock until {@link #goOn()}. */
    void pause() {
        connection.lane().deadlines().unwatch(this);
    }

    /** The connection has arrived on its lane. */
    void goOn() {
        connection.lane().deadlines().watch(this);
    }

    /** The second, on the wheel's clock, in which it will be over; not while nobody listens to the client. */
    long deadlineSecond() {
        return connection.isHeard() ? DeadlineWheel.second(since + nanos) + 1 : DeadlineWheel.now() + 1;
    }

    /** The wheel has come to the {@link #deadlineSecond()}. */
    void isOver() {
        connection.deadlinePassed();
    }
}

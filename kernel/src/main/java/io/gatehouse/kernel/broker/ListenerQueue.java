package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.security.GateFailure;
import io.gatehouse.kernel.security.GateMeter;
import io.gatehouse.kernel.session.AnyThread;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Events on their way to one listener. A virtual thread works them off one after the other and ends when there are none. */
@AnyThread
final class ListenerQueue {
    private static final int MOST = 10_000;

    private final GateMeter meter;
    private final ConcurrentLinkedQueue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();

    ListenerQueue(GateMeter meter) {
        this.meter = meter;
    }

    /** Adds an event, or loses it when the listener is too far behind. */
    void add(Runnable event) {
        if (size.get() >= MOST) {
            meter.failed(new GateFailure("it is more than " + MOST + " events behind, so events are lost"));
            return;
        }
        events.add(event);
        if (size.getAndIncrement() == 0) {
            Thread.ofVirtual().name("listener").start(this::workOff);
        }
    }

    private void workOff() {
        do {
            Runnable event = events.poll();
            if (event != null) {
                call(event);
            }
        } while (size.decrementAndGet() > 0);
    }

    private void call(Runnable event) {
        meter.called();
        try {
            event.run();
        } catch (Throwable thrown) { // errors too: a plugin's error must not end the queue
            meter.failed(GateFailure.threw(thrown));
        }
    }
}

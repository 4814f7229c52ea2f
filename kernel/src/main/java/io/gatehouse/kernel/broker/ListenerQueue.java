package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.security.GateFailure;
import io.gatehouse.kernel.security.GateMeter;
import io.gatehouse.kernel.session.AnyThread;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Events on their way to one listener. A virtual thread works them off one after the other and ends when there are none. */
@AnyThread
final class ListenerQueue {
    private static final int MOST = 10_000;

    /** Of the messages that the events are about, which live as long. */
    private static final long MOST_BYTES = 64L << 20;

    private final GateMeter meter;
    private final ConcurrentLinkedQueue<Event> events = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    private record Event(Runnable call, int bytes) {}

    ListenerQueue(GateMeter meter) {
        this.meter = meter;
    }

    /**
     * Adds an event, or loses it when the listener is too far behind.
     *
     * @param weight how many bytes the message has that the event is about; 0 for none
     */
    void add(Runnable call, int weight) {
        long before = bytes.getAndAdd(weight);
        if (size.get() >= MOST || (before > 0 && before + weight > MOST_BYTES)) {
            bytes.addAndGet(-weight);
            meter.failed(new GateFailure("it is more than " + MOST + " events or " + MOST_BYTES
                    + " bytes of messages behind, so events are lost"));
            return;
        }
        events.add(new Event(call, weight));
        if (size.getAndIncrement() == 0) {
            Thread.ofVirtual().name("listener").start(this::workOff);
        }
    }

    private void workOff() {
        do {
            Event event = events.poll();
            if (event != null) {
                call(event.call());
                bytes.addAndGet(-event.bytes());
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

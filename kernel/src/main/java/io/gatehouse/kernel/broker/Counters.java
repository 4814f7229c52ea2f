package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;
import java.util.concurrent.atomic.LongAdder;

/** What the broker counts since it started. */
@AnyThread
final class Counters {
    final LongAdder connections = new LongAdder();
    final LongAdder subscriptions = new LongAdder();
    final LongAdder connectsAccepted = new LongAdder();
    final LongAdder connectsRefused = new LongAdder();
    final LongAdder messagesReceived = new LongAdder();
    final LongAdder messagesSent = new LongAdder();
    final LongAdder messagesDropped = new LongAdder();
    final LongAdder publishesRefused = new LongAdder();
    final BoundCounters bounds = new BoundCounters();
}

package io.gatehouse.e2e.peer;

import io.gatehouse.e2e.peer.Peer.Received;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What has arrived at a client and was not looked at yet. */
final class Inbox {
    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Received> queue = new LinkedBlockingQueue<>();

    void add(Received message) {
        queue.add(message);
    }

    Received next() {
        try {
            Received next = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no message arrived");
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while waiting for a message", e);
        }
    }
}

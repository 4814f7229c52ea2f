package io.gatehouse.authz.acl;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the file of a policy from time to time, on a virtual thread of its own, until it is closed. */
final class AclWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AclWatch.class);

    /** An edit is read only so long after it was seen, so that an editor can finish writing. In milliseconds. */
    private static final long SETTLE_MILLIS = 100;

    /** How long closing waits for a check that is under way. In seconds. */
    private static final long CLOSE_SECONDS = 5;

    private final AclPolicy policy;
    private final long intervalMillis;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Starts watching. */
    AclWatch(AclPolicy policy, long intervalMillis) {
        this.policy = policy;
        this.intervalMillis = intervalMillis;
        this.thread = Thread.ofVirtual().name("authz-acl-watch").start(this::run);
    }

    private void run() {
        try {
            while (!closed.await(intervalMillis, TimeUnit.MILLISECONDS)) {
                check();
            }
        } catch (InterruptedException closing) {
            // Only the end of the virtual machine interrupts this thread.
        }
    }

    private void check() throws InterruptedException {
        try {
            if (policy.needsCheck() && !closed.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
                policy.checkNow();
            }
        } catch (RuntimeException e) {
            // Whatever it was, the next check may do better; without this the file would no longer be followed.
            LOG.error("Checking the file of the rules failed; the rules in force stay and the check is repeated", e);
        }
    }

    /** True until it is closed. */
    boolean isRunning() {
        return thread.isAlive();
    }

    /** Stops watching; returns when no check is running any more, or after a few seconds. */
    @Override
    public void close() {
        closed.countDown();
        try {
            if (!thread.join(Duration.ofSeconds(CLOSE_SECONDS))) {
                LOG.warn("A check of the file of the rules is still running");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

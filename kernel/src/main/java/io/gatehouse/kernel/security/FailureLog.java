package io.gatehouse.kernel.security;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the failures of one module, at most one line in ten seconds: a client that connects again and again must not be able to fill
 * the disk. What was kept silent is counted in the next line. The stack trace is logged at debug level only, because the text of an
 * exception is the plugin's and may be long.
 */
final class FailureLog {
    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final String module;
    private final AtomicLong nextNanos = new AtomicLong(System.nanoTime());
    private final AtomicLong silenced = new AtomicLong();

    FailureLog(String module) {
        this.module = module;
    }

    void failed(GateFailure failure) {
        LOG.debug("module {} failed", module, failure);
        long now = System.nanoTime();
        long next = nextNanos.get();
        if (now - next < 0 || !nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
            silenced.incrementAndGet();
            return;
        }
        LOG.warn(
                "module {} failed and what it was asked is refused: {} ({} earlier failures not logged)",
                module,
                failure.getMessage(),
                silenced.getAndSet(0));
    }
}

package io.gatehouse.kernel.transport;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What can go wrong in a plugin. */
enum Misbehaviour {
    THROWS {
        @Override
        @Nullable
        Object act(AtomicBoolean over) {
            throw new IllegalStateException("for a test");
        }
    },
    RECURSES {
        @Override
        @SuppressWarnings("InfiniteRecursion") // that is what it is for
        @Nullable
        Object act(AtomicBoolean over) {
            return act(over);
        }
    },
    RUNS_OUT_OF_MEMORY {
        @Override
        @Nullable
        Object act(AtomicBoolean over) {
            throw new OutOfMemoryError("for a test");
        }
    },
    DOES_NOT_LINK {
        @Override
        @Nullable
        Object act(AtomicBoolean over) {
            throw new NoClassDefFoundError("for a test");
        }
    },
    RETURNS_NULL {
        @Override
        @Nullable
        Object act(AtomicBoolean over) {
            return null;
        }
    },
    SLEEPS {
        @Override
        @Nullable
        Object act(AtomicBoolean over) throws InterruptedException {
            new CountDownLatch(1).await();
            return null;
        }
    },
    COMPUTES_UNTIL_INTERRUPTED {
        @Override
        @Nullable
        Object act(AtomicBoolean over) {
            while (!Thread.currentThread().isInterrupted() && !over.get()) {
                Thread.onSpinWait();
            }
            return null;
        }
    },
    IS_DEAF {
        @Override
        @Nullable
        Object act(AtomicBoolean over) {
            while (!over.get()) {
                try {
                    Thread.sleep(10);
                } catch (InterruptedException e) {
                    // deaf on purpose
                }
            }
            return null;
        }
    };

    /** False when it lasts until the deadline at least. */
    boolean isQuick() {
        return compareTo(SLEEPS) < 0;
    }

    /** @param over true when the test has ended, so that nothing of it lives on */
    @Nullable
    abstract Object act(AtomicBoolean over) throws InterruptedException;
}

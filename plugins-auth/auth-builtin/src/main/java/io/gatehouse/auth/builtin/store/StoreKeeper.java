package io.gatehouse.auth.builtin.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the one open {@link UserStore} of this module.
 *
 * <p>While an upgrade runs, the old version holds the file until it is stopped; users of the new one wait for that moment. A store that
 * closed itself after a failed write is opened again by the next who needs it.
 *
 * <pre>
 *   waiting for the claim ---> open ---> failed ---> open ...
 *           |                   |          |
 *           +-----------------> closed <---+
 * </pre>
 */
public final class StoreKeeper implements AutoCloseable {
    private static final Duration HANDOVER = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private final Path file;
    private final Consumer<UserStore> whenFirstOpened;
    private final Consumer<String> trouble;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private @Nullable StoreClaim claim;
    private boolean prepared;
    private boolean closed;
    private volatile @Nullable UserStore open;

    /**
     * Opens nothing yet.
     *
     * @param file where the users are
     * @param whenFirstOpened called once, before anybody else sees the store
     * @param trouble told one sentence when the store fails
     */
    public StoreKeeper(Path file, Consumer<UserStore> whenFirstOpened, Consumer<String> trouble) {
        this.file = file;
        this.whenFirstOpened = whenFirstOpened;
        this.trouble = trouble;
    }

    /**
     * Opens the store unless another version of this module has it.
     *
     * @return false when the store is to be opened later
     * @throws UserStoreException when it cannot be opened
     */
    public boolean openIfFree() {
        lock.lock();
        try {
            if (!claimed()) {
                return false;
            }
            openClaimed();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Does something with the store; waits for it while another version of this module has it.
     *
     * @throws UserStoreException when the store fails, is not handed over within half a minute, or has been closed
     */
    public <T> T use(Function<UserStore, T> action) throws InterruptedException {
        try {
            UserStore store = open;
            return action.apply(store != null && store.isOpen() ? store : reopened());
        } catch (UserStoreException e) {
            trouble.accept(e.sentence());
            throw e;
        }
    }

    /** Closes the store and lets the next version of this module have it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            if (open != null) {
                open.close();
            }
            if (claim != null) {
                claim.close();
                claim = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private UserStore reopened() throws InterruptedException {
        lock.lock();
        try {
            awaitClaim();
            return openClaimed();
        } finally {
            lock.unlock();
        }
    }

    private void awaitClaim() throws InterruptedException {
        long waitUntil = System.nanoTime() + HANDOVER.toNanos();
        while (!claimed()) {
            if (System.nanoTime() - waitUntil > 0) {
                throw new UserStoreException("The user store " + file
                        + " is still held by another version of auth-builtin; remove one of the two.");
            }
            closing.await(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private boolean claimed() {
        if (closed) {
            throw new UserStoreException(
                    "The user store " + file + " has been closed because auth-builtin is stopping.");
        }
        if (claim == null) {
            claim = StoreClaim.tryTake(file).orElse(null);
        }
        return claim != null;
    }

    private UserStore openClaimed() {
        UserStore store = open;
        if (store == null || !store.isOpen()) {
            store = UserStore.open(file);
            prepare(store);
            open = store;
        }
        return store;
    }

    private void prepare(UserStore store) {
        if (prepared) {
            return;
        }
        try {
            whenFirstOpened.accept(store);
            prepared = true;
        } finally {
            if (!prepared) {
                store.close();
            }
        }
    }
}

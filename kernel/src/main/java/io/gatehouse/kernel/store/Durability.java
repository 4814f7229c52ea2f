package io.gatehouse.kernel.store;

/**
 * The promise behind every acknowledgement: what a handler has put into the stores before it calls {@link #whenDurable} outlives the
 * process as far as the stores outlive it. A store on disk runs {@code then} after its group commit; the stores in memory have nothing
 * to wait for.
 */
public interface Durability {
    /** Nothing to wait for: the stores live as long as the process. */
    Durability IN_MEMORY = Runnable::run;

    /**
     * Runs {@code then} on the calling lane as soon as everything stored before is durable; at once when it already is. The order of the
     * calls of one lane is kept.
     */
    void whenDurable(Runnable then);
}

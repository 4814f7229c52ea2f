package io.gatehouse.kernel.plugin;

/**
 * Holds one {@link PluginSnapshot}: until it is closed, no module of the snapshot is deactivated (within the host's time limit).
 *
 * <p>To be closed exactly once, on any thread; a second close by mistake is an error that is thrown where it can be noticed. A thread that
 * removes or reconfigures a module while it holds a lease waits for itself until the time limit ends the wait: plugins must not
 * administer the framework from within their own calls.
 */
public interface PluginLease extends AutoCloseable {

    /** What is held. */
    PluginSnapshot snapshot();

    @Override
    void close();
}

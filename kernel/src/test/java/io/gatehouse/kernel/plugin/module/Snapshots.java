package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import java.time.Duration;
import java.util.List;

/** Snapshots for tests. */
public final class Snapshots {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private Snapshots() {}

    /** Nobody may connect or do anything. */
    public static PluginSnapshot empty(long generation) {
        return PluginSnapshot.withoutInterceptors(
                generation,
                new AuthenticationChain(List.of(), DEADLINE),
                new AuthorizationChain(List.of(), false, DEADLINE),
                DEADLINE);
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.session.AnyThread;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Waits for absent modules: a packet that meets a hole waits until the module has been absent for {@code authentication.module-wait},
 * and those that come later are refused at once. So a module may be replaced without a client noticing, and one that is gone does not
 * keep clients waiting for ever.
 */
@AnyThread
final class ModuleWait {
    private final Plugins plugins;
    private final Settings settings;

    ModuleWait(Plugins plugins, Settings settings) {
        this.plugins = plugins;
        this.settings = settings;
    }

    /**
     * What one snapshot says.
     *
     * @param value the answer; a refusal when there is a hole
     * @param hole the place of an absent module that keeps the answer from being a better one
     */
    record Answer<T>(T value, @Nullable Gate<?> hole) {
        static <T> Answer<T> of(T value) {
            return new Answer<>(value, null);
        }
    }

    /** True when the module of this hole may still be waited for. */
    boolean isWorthwhile(@Nullable Gate<?> hole) {
        return hole != null && leftNanos(hole) > 0;
    }

    /**
     * Asks, and asks again after each change of the modules for as long as waiting is worthwhile. Blocks; the snapshot is leased while the
     * question is asked, and not while it waits.
     */
    <T> T ask(Function<PluginSnapshot, Answer<T>> question) throws InterruptedException {
        while (true) {
            long generation;
            Answer<T> answer;
            try (PluginLease lease = plugins.lease()) {
                generation = lease.snapshot().generation();
                answer = question.apply(lease.snapshot());
            }
            Gate<?> hole = answer.hole();
            if (hole == null || !awaitChange(generation, leftNanos(hole))) {
                return answer.value();
            }
        }
    }

    private boolean awaitChange(long generation, long atMostNanos) throws InterruptedException {
        return atMostNanos > 0 && plugins.awaitChange(generation, Duration.ofNanos(atMostNanos));
    }

    private long leftNanos(Gate<?> hole) {
        long limit = settings.config().authentication().moduleWait().toNanos();
        return limit - (System.nanoTime() - hole.absentSince());
    }
}

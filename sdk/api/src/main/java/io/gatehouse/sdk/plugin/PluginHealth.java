package io.gatehouse.sdk.plugin;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * How a plugin is. A component that offers it is asked after activation and from time to time, on a virtual thread under a deadline; it
 * may block. A failed call (late, exception, null) counts as degraded.
 */
@ConsumerType
@FunctionalInterface
public interface PluginHealth {
    /** The health at this moment. */
    Status health() throws Exception;

    /** Up, or degraded for a reason. */
    sealed interface Status {
        /** All is well. */
        record Up() implements Status {}

        /**
         * Working, but not as it should.
         *
         * @param reason one sentence for an operator: what is wrong, where, and what to do
         */
        record Degraded(String reason) implements Status {}
    }
}

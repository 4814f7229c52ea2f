package io.gatehouse.kernel.plugin.module;

import java.util.List;

/**
 * A component with roles, and why it would not run if it does not.
 *
 * @param module its name in configuration
 * @param bundle the symbolic name of its bundle
 * @param version of its bundle
 * @param bundleId tells two instances of one bundle apart
 * @param roles what it would offer, by simple names
 * @param failed true when it was tried and failed, false when it waits for something
 * @param sentence what is missing or wrong, and what to do
 */
public record ComponentState(
        String module,
        String bundle,
        String version,
        long bundleId,
        List<String> roles,
        boolean failed,
        String sentence) {

    /** True when this offer is what the component does after all. */
    boolean isRunningAs(Offer offer) {
        return module.equals(offer.module()) && bundleId == offer.bundleId();
    }
}

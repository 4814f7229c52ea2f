package io.gatehouse.kernel.plugin;

import java.util.List;

/**
 * A component that should offer roles and does not.
 *
 * @param module its name in configuration
 * @param bundle the symbolic name of its bundle
 * @param version of its bundle
 * @param roles what it would offer, by simple names
 * @param failed true when it was tried and failed, false when it waits for something
 * @param sentence what is missing or wrong, and what to do
 */
record ComponentState(
        String module, String bundle, String version, List<String> roles, boolean failed, String sentence) {}

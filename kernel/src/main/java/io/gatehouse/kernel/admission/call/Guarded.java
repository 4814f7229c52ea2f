package io.gatehouse.kernel.admission.call;

import io.gatehouse.sdk.plugin.Capability;
import java.util.Optional;

/**
 * A call that a plugin must not just make.
 *
 * @param call as a Java programmer writes it: {@code java.lang.System.exit}
 * @param needs the capability that allows it; empty when nothing does
 */
record Guarded(String call, Optional<Capability> needs) {}

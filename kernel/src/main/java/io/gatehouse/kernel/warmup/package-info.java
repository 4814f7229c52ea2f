/**
 * Has a core of its own, which no network reaches, do what fleets do, so that the virtual machine has compiled it when a fleet comes
 * (ADR 17).
 */
@NullMarked
package io.gatehouse.kernel.warmup;

import org.jspecify.annotations.NullMarked;

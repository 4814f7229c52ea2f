/** A fuzzer for whatever reads bytes from the network, without instrumentation and the same for the same seed. */
@NullMarked
package io.gatehouse.kernel.fuzz;

import org.jspecify.annotations.NullMarked;

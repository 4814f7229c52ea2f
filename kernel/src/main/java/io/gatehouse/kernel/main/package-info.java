/** Hand-written wiring: what starts and stops a broker. */
@NullMarked
package io.gatehouse.kernel.main;

import org.jspecify.annotations.NullMarked;

/** Who may connect at all, and how much a client may do in a time: connection limits, rates, flapping, bans. */
@NullMarked
package io.gatehouse.kernel.guard;

import org.jspecify.annotations.NullMarked;

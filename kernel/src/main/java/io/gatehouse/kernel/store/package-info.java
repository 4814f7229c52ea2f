/** What the broker keeps, as values and as stores that a durable or replicated implementation can take the place of. */
@NullMarked
package io.gatehouse.kernel.store;

import org.jspecify.annotations.NullMarked;

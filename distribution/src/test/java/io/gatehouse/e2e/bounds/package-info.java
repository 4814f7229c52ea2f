/** What the broker holds at most, and how it fares when somebody wants it to hold more. */
@NullMarked
package io.gatehouse.e2e.bounds;

import org.jspecify.annotations.NullMarked;

/** Topics, filters and who subscribed to what. Pure data structures: no I/O, no clocks. */
@NullMarked
package io.gatehouse.kernel.topic;

import org.jspecify.annotations.NullMarked;

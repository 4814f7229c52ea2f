/** From a message to the sessions that get it. */
@NullMarked
package io.gatehouse.kernel.routing;

import org.jspecify.annotations.NullMarked;

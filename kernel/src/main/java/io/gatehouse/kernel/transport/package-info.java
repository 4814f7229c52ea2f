/** The network: listeners, connections and the event loops that serve as lanes. */
@NullMarked
package io.gatehouse.kernel.transport;

import org.jspecify.annotations.NullMarked;

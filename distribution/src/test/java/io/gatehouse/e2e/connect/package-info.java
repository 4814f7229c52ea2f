/** Connecting (MQTT 5.0 sections 3.1 to 3.2): identifiers, limits, malformed packets, keep alive, wills. */
@NullMarked
package io.gatehouse.e2e.connect;

import org.jspecify.annotations.NullMarked;

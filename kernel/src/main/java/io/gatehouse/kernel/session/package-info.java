/** Sessions: queues, windows, packet identifiers and the QoS state machines (MQTT 5.0 sections 4.1 and 4.3). */
@NullMarked
package io.gatehouse.kernel.session;

import org.jspecify.annotations.NullMarked;

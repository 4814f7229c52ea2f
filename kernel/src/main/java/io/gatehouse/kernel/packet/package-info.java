/** MQTT control packets as values: what the codec reads and writes and the handlers act upon. No behaviour. */
@NullMarked
package io.gatehouse.kernel.packet;

import org.jspecify.annotations.NullMarked;

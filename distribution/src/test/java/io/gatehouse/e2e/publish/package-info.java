/** Publishing (MQTT 5.0 sections 3.3 to 3.7): acknowledgements, retained messages, properties, aliases, flow control. */
@NullMarked
package io.gatehouse.e2e.publish;

import org.jspecify.annotations.NullMarked;

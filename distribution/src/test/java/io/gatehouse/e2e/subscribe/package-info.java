/** Subscribing (MQTT 5.0 sections 3.8 and 4.7 to 4.8): options, identifiers, wildcards, shared subscriptions. */
@NullMarked
package io.gatehouse.e2e.subscribe;

import org.jspecify.annotations.NullMarked;

/** Sessions (MQTT 5.0 sections 3.1.2.11 and 4.1): resumed, expired, taken over, in order across lanes. */
@NullMarked
package io.gatehouse.e2e.session;

import org.jspecify.annotations.NullMarked;

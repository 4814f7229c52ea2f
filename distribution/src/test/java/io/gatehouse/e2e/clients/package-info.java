/** What people do with MQTT, with each client library in each version of the protocol. */
@NullMarked
package io.gatehouse.e2e.clients;

import org.jspecify.annotations.NullMarked;

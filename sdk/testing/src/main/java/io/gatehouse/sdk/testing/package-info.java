/**
 * A real broker in the tests of a plugin: {@link io.gatehouse.sdk.testing.GatehouseExtension} starts it with the plugin under test, and
 * {@link io.gatehouse.sdk.testing.TestClient} talks MQTT 5 to it. For test code only.
 */
@NullMarked
package io.gatehouse.sdk.testing;

import org.jspecify.annotations.NullMarked;

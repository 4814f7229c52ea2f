/** The bundle that lets clients in when the plugin under test does not decide about that. */
@NullMarked
package io.gatehouse.sdk.testing.open;

import org.jspecify.annotations.NullMarked;

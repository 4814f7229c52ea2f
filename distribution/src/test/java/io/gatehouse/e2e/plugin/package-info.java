/** Every role of the SDK, played by a plugin in a whole broker. */
@NullMarked
package io.gatehouse.e2e.plugin;

import org.jspecify.annotations.NullMarked;

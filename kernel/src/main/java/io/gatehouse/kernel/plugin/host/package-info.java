/** Puts the plugin host together and runs its life; only {@code main} and tests use it. */
@NullMarked
package io.gatehouse.kernel.plugin.host;

import org.jspecify.annotations.NullMarked;

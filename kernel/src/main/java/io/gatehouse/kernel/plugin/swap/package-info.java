/** What runs, one instance of each plugin, and how another instance takes its place without anybody noticing: all at once or not at all. */
@NullMarked
package io.gatehouse.kernel.plugin.swap;

import org.jspecify.annotations.NullMarked;

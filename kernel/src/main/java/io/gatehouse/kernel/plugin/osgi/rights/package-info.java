/** What each plugin inside the framework may do, and who sees to it: its classes are rewritten, its broker publishes what it declared. */
@NullMarked
package io.gatehouse.kernel.plugin.osgi.rights;

import org.jspecify.annotations.NullMarked;

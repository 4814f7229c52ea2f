/** Felix inside the kernel's JVM: how it is started, what it exports to plugins, where its log goes, and what it forgets to forget. */
@NullMarked
package io.gatehouse.kernel.plugin.osgi.felix;

import org.jspecify.annotations.NullMarked;

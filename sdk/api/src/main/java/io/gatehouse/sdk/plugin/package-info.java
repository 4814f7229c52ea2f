/** How a plugin describes itself: what it does beyond computing, health and blocking behaviour. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.plugin;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

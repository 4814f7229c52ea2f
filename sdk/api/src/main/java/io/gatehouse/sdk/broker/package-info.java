/** The broker as a plugin sees it: publish, disconnect, look around. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.broker;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

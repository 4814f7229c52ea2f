/** What happened, told after the fact. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.event;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Looking at, rewriting or refusing packets on their way through the broker. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.intercept;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

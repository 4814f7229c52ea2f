/** Who may publish and subscribe to what: authorizers, their decisions, and how they announce a changed policy. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.authz;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

/** Who may connect: authenticators and the conversations of MQTT 5 enhanced authentication. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.auth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

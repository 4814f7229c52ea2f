/** Users that an operator manages with {@code gatehouse user}. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.users;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

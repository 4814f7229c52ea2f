/** The words that all other packages share: the MQTT terms as values. */
@Export
@NullMarked
@Version("0.1.0")
package io.gatehouse.sdk.mqtt;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;

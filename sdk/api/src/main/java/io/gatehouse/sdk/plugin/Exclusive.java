package io.gatehouse.sdk.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Header;

/**
 * Says that the plugin holds something that only one can hold, such as a file lock: on an upgrade the old version is drained and stopped
 * before the new one starts, and meanwhile calls wait. Without it the two run side by side for a moment, and no call waits. Put it on any
 * class of the plugin.
 */
@Header(name = "Gatehouse-Exclusive", value = "true")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Exclusive {}

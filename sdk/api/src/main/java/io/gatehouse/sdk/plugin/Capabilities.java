package io.gatehouse.sdk.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Header;

/**
 * Declares what the plugin does beyond computing. Put it on any class of the plugin, or on several: the broker takes them together.
 * bnd writes it into the manifest, operators see it before they enable the plugin, and a plugin may do nothing that it does not declare.
 */
@Header(name = "Gatehouse-Capabilities", value = "${replacelist;${tolower;${#value}};_;-}")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Capabilities {
    /** What the plugin does; at least one. */
    Capability[] value();
}

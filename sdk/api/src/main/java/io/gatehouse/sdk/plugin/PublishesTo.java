package io.gatehouse.sdk.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Header;

/**
 * Declares the topics to which the plugin publishes messages of its own. Put it on any class of the plugin, or on several: the broker takes
 * them together.
 */
@Header(name = "Gatehouse-Publishes-To", value = "${#value}")
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface PublishesTo {
    /** Topic filters such as {@code status/#}, of letters, digits and {@code - _ . / + # $}; at least one. */
    String[] value();
}

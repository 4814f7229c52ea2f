package io.gatehouse.sdk.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Marks a Declarative Services component whose authorizer or interceptor may block. The kernel then calls it on a virtual thread under a
 * deadline, and only the packets of the client concerned wait. Authenticators and connect interceptors need no mark: they may always
 * block.
 */
@ComponentPropertyType
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Blocking {
    /** Puts {@code gatehouse.blocking=true} into the service properties. */
    String PREFIX_ = "gatehouse.";
}

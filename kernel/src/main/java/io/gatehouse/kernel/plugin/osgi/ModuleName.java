package io.gatehouse.kernel.plugin.osgi;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.service.component.ComponentConstants;

/**
 * The name under which configuration knows a service: the component's name, and for a factory instance {@code auth-ldap.corp}, because
 * its PID is {@code auth-ldap~corp~7} in the bundle with the identifier 7.
 */
final class ModuleName {
    private static final char FACTORY_SEPARATOR = '~';

    private ModuleName() {}

    /** The name that these service or component properties give; empty when they have no {@code component.name}. */
    static Optional<String> of(Function<String, @Nullable Object> properties) {
        if (!(properties.apply(ComponentConstants.COMPONENT_NAME) instanceof String component)) {
            return Optional.empty();
        }
        for (Object pid : values(properties.apply(Constants.SERVICE_PID))) {
            int first = pid.toString().indexOf(FACTORY_SEPARATOR);
            int last = pid.toString().lastIndexOf(FACTORY_SEPARATOR);
            if (first < last) {
                return Optional.of(component + "." + pid.toString().substring(first + 1, last));
            }
        }
        return Optional.of(component);
    }

    /** What follows the factory PID for this instance in this bundle. */
    static String instancePid(String instance, long bundleId) {
        return instance + FACTORY_SEPARATOR + bundleId;
    }

    /** A PID is one string, or several when the component reads several configurations. */
    private static Collection<?> values(@Nullable Object pid) {
        return switch (pid) {
            case null -> List.of();
            case Object[] several -> Arrays.asList(several);
            case Collection<?> several -> several;
            case Object one -> List.of(one);
        };
    }
}

package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.admission.call.CallGuard;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;

/** What each plugin in the framework may do, by the location of its bundle. Any thread. */
final class Rights {
    private static final String PREFIX = "plugin:";

    private final Map<String, Right> rights = new ConcurrentHashMap<>();

    /** One plugin's. */
    record Right(String symbolicName, Capabilities capabilities, CallGuard guard) {}

    /** A location for the plugin with this number; nothing else in the framework has such a one. */
    static String location(long number) {
        return PREFIX + number;
    }

    /** True for plugins, false for the framework's own bundles. */
    static boolean isPlugin(Bundle bundle) {
        return bundle.getLocation().startsWith(PREFIX);
    }

    /** Has to come before the bundle is installed. */
    void grant(String location, String symbolicName, Capabilities capabilities) {
        rights.put(location, new Right(symbolicName, capabilities, new CallGuard(symbolicName, capabilities)));
    }

    /** The bundle is gone. */
    void forget(String location) {
        rights.remove(location);
    }

    /** Empty for whoever is no plugin. */
    Optional<Right> of(Bundle bundle) {
        return Optional.ofNullable(rights.get(bundle.getLocation()));
    }
}

package io.gatehouse.kernel.plugin.osgi.rights;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.kernel.admission.call.CallGuard;
import io.gatehouse.sdk.broker.Broker;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.hooks.weaving.WeavingHook;

/** What each plugin in the framework may do, by the location of its bundle. Any thread. */
public final class Rights {
    private static final String PREFIX = "plugin:";

    private final Map<String, Right> rights = new ConcurrentHashMap<>();

    /** One plugin's. */
    record Right(String symbolicName, Capabilities capabilities, CallGuard guard) {}

    /** A location for the plugin with this number; nothing else in the framework has such a one. */
    public static String location(long number) {
        return PREFIX + number;
    }

    /** True for plugins, false for the framework's own bundles. */
    public static boolean isPlugin(Bundle bundle) {
        return bundle.getLocation().startsWith(PREFIX);
    }

    /**
     * From now on the framework asks here: classes of plugins are rewritten as they are loaded, and each plugin gets a broker of its own.
     * To be called once, before the first plugin is installed.
     */
    public void enforce(BundleContext context, Broker broker) {
        context.registerService(Broker.class, new PluginBrokers(this, broker), null);
        context.registerService(WeavingHook.class, new CallWeaver(this), null);
    }

    /** Has to come before the bundle is installed. */
    public void grant(String location, String symbolicName, Capabilities capabilities) {
        rights.put(location, new Right(symbolicName, capabilities, new CallGuard(symbolicName, capabilities)));
    }

    /** The bundle is gone. */
    public void forget(String location) {
        rights.remove(location);
    }

    /** Empty for whoever is no plugin. */
    Optional<Right> of(Bundle bundle) {
        return Optional.ofNullable(rights.get(bundle.getLocation()));
    }
}

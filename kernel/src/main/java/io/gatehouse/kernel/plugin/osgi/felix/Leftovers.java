package io.gatehouse.kernel.plugin.osgi.felix;

import java.lang.reflect.Field;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the framework forget bundles that are gone. Felix 7.0.5 counts for each bundle how often it uses which service, and keeps a count
 * that fell to zero for as long as the service lives; with it it keeps the bundle and the table of contents of its jar, though not its
 * classes: some 15 kB for each upgrade, until the broker ends. There is no official way to that map. Any thread.
 */
public final class Leftovers {
    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final Map<?, ?> serviceUsers;

    private Leftovers(Map<?, ?> serviceUsers) {
        this.serviceUsers = serviceUsers;
    }

    /** Those of this framework; none when it is built differently, which is told. */
    public static Leftovers of(Bundle framework) {
        try {
            return new Leftovers((Map<?, ?>) field(field(framework, "m_registry"), "m_inUseMap"));
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warn("the OSGi framework may keep a little of each plugin that is replaced ({})", e.toString());
            return new Leftovers(Map.of());
        }
    }

    /** Forgets all bundles that are uninstalled: their contexts are no longer valid, so they can use nothing any more. */
    public void forget() {
        if (!serviceUsers.isEmpty()) {
            serviceUsers
                    .keySet()
                    .removeIf(key -> key instanceof Bundle bundle && bundle.getState() == Bundle.UNINSTALLED);
        }
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        Object value = field.get(of);
        if (value == null) {
            throw new NoSuchFieldException(name + " is null");
        }
        return value;
    }
}

package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.config.ModuleConfig;
import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the configuration of modules to Config Admin; a module whose configuration did not change is not touched. A module that is configured once has its name as PID, an instance {@code auth-ldap.corp} has {@code auth-ldap~corp}.
 */
final class ConfigurationPush {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationPush.class);
    /** Visible to every bundle: configuration goes by module name, not by where a jar came from. */
    private static final String ANY_BUNDLE = "?";

    private final ConfigurationAdmin admin;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ModuleConfig> pushed = new HashMap<>();

    ConfigurationPush(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** Makes these the configurations of all modules. A module that cannot be configured is logged and tried again next time. */
    void push(Map<String, ModuleConfig> modules) {
        lock.lock();
        try {
            Map<String, ModuleConfig> gone = new HashMap<>(pushed);
            gone.keySet().removeAll(modules.keySet());
            gone.values().forEach(this::delete);
            modules.values().forEach(this::update);
        } finally {
            lock.unlock();
        }
    }

    private void update(ModuleConfig module) {
        Dictionary<String, Object> properties = FrameworkUtil.asDictionary(module.properties());
        try {
            // Config Admin compares: a component hears nothing when nothing changed.
            configuration(module).updateIfDifferent(properties);
            pushed.put(module.name(), module);
        } catch (IOException | RuntimeException e) {
            LOG.error("module {} cannot be configured", module.name(), e);
        }
    }

    private void delete(ModuleConfig module) {
        try {
            configuration(module).delete();
            pushed.remove(module.name());
        } catch (IOException | RuntimeException e) {
            LOG.error("the configuration of module {} cannot be removed", module.name(), e);
        }
    }

    private Configuration configuration(ModuleConfig module) throws IOException {
        return module.instance().isEmpty()
                ? admin.getConfiguration(module.module(), ANY_BUNDLE)
                : admin.getFactoryConfiguration(module.module(), module.instance(), ANY_BUNDLE);
    }
}

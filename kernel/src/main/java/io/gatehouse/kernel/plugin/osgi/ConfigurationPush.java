package io.gatehouse.kernel.plugin.osgi;

import io.gatehouse.kernel.config.ModuleConfig;
import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands modules their configuration through Config Admin. Each bundle has configurations of its own, by targeted PIDs (OSGi Compendium
 * 104.3.3) and bound locations, so that two versions of a plugin, or one version with two configurations, can live side by side. Used by
 * one thread at a time.
 */
final class ConfigurationPush {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationPush.class);

    private final ConfigurationAdmin admin;

    ConfigurationPush(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /**
     * Makes this bundle's configurations those, where they were these. What did not change is not touched. A configuration that cannot
     * be handed over is logged.
     */
    void change(Bundle bundle, Map<String, ModuleConfig> before, Map<String, ModuleConfig> after) {
        Map<String, ModuleConfig> gone = new HashMap<>(before);
        gone.keySet().removeAll(after.keySet());
        gone.values().forEach(config -> delete(bundle, config));
        after.forEach((name, config) -> {
            if (!config.equals(before.get(name))) {
                update(bundle, config);
            }
        });
    }

    private void update(Bundle bundle, ModuleConfig config) {
        Dictionary<String, Object> properties = FrameworkUtil.asDictionary(config.properties());
        try {
            configuration(bundle, config).updateIfDifferent(properties);
        } catch (IOException | RuntimeException e) {
            LOG.error("module {} cannot be configured", config.name(), e);
        }
    }

    private void delete(Bundle bundle, ModuleConfig config) {
        try {
            configuration(bundle, config).delete();
        } catch (IOException | RuntimeException e) {
            LOG.error("the configuration of module {} cannot be removed", config.name(), e);
        }
    }

    private Configuration configuration(Bundle bundle, ModuleConfig config) throws IOException {
        if (!config.instance().isEmpty()) {
            // Declarative Services takes all targeted factory configurations of a bundle for one and the same.
            String name = ModuleName.instancePid(config.instance(), bundle.getBundleId());
            return admin.getFactoryConfiguration(config.module(), name, bundle.getLocation());
        }
        String targeted = String.join(
                "|",
                config.module(),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                bundle.getLocation());
        return admin.getConfiguration(targeted, bundle.getLocation());
    }
}

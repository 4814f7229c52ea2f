package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.jars.StoredJar;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;

/**
 * One jar with one configuration inside the framework. While a plugin is upgraded there are two: the old one that works, and the new one
 * that has to show that it can.
 *
 * @param jar what runs
 * @param bundle the framework's side of it
 * @param configs what its components are configured with, by module name
 */
record Instance(StoredJar jar, Bundle bundle, Map<String, ModuleConfig> configs) {
    Instance {
        configs = Map.copyOf(configs);
    }

    String symbolicName() {
        return jar.symbolicName();
    }

    long id() {
        return bundle.getBundleId();
    }

    /** True when its bundle was started; its components may wait for something nevertheless. */
    boolean isStarted() {
        return bundle.getState() == Bundle.ACTIVE;
    }

    /** The same with these configurations. */
    Instance withConfigs(Map<String, ModuleConfig> replacement) {
        return new Instance(jar, bundle, replacement);
    }

    /** Those of all configurations that concern this jar. */
    static Map<String, ModuleConfig> relevant(StoredJar jar, Map<String, ModuleConfig> all) {
        Map<String, ModuleConfig> relevant = new TreeMap<>();
        all.forEach((name, config) -> {
            if (jar.header().pids().contains(config.module())) {
                relevant.put(name, config);
            }
        });
        return relevant;
    }
}

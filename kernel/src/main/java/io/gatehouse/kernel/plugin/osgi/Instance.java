package io.gatehouse.kernel.plugin.osgi;

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
public record Instance(StoredJar jar, Bundle bundle, Map<String, ModuleConfig> configs) {
    public Instance {
        configs = Map.copyOf(configs);
    }

    /** Of its jar. */
    public String symbolicName() {
        return jar.symbolicName();
    }

    /** What its bundle and the offers of its components are known by. */
    public long id() {
        return bundle.getBundleId();
    }

    /** True when its bundle was started; its components may wait for something nevertheless. */
    public boolean isStarted() {
        return bundle.getState() == Bundle.ACTIVE;
    }

    /** True when the framework has let go of its bundle: nothing of it can come to life any more. */
    public boolean isGone() {
        return bundle.getState() == Bundle.UNINSTALLED;
    }

    /** The same with these configurations. */
    Instance withConfigs(Map<String, ModuleConfig> replacement) {
        return new Instance(jar, bundle, replacement);
    }

    /** Those of all configurations that concern this jar. */
    public static Map<String, ModuleConfig> relevant(StoredJar jar, Map<String, ModuleConfig> all) {
        Map<String, ModuleConfig> relevant = new TreeMap<>();
        all.forEach((name, config) -> {
            if (jar.header().pids().contains(config.module())) {
                relevant.put(name, config);
            }
        });
        return relevant;
    }
}

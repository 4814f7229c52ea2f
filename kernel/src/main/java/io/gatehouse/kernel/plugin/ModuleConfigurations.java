package io.gatehouse.kernel.plugin;

import io.gatehouse.kernel.config.ModuleConfig;
import java.util.Map;
import java.util.Optional;

/** What the configuration says to modules at this moment, judged by the jars that lie in the plugins folder at this moment. */
@FunctionalInterface
public interface ModuleConfigurations {
    /** By module name; empty when the configuration is broken, so that what was said before stays. Blocks on the file system. */
    Optional<Map<String, ModuleConfig>> read();
}

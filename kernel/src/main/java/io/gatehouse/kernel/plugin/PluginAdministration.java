package io.gatehouse.kernel.plugin;

import java.nio.file.Path;
import java.util.List;

/**
 * What operators can do with plugins while the broker runs. Any thread may call, but none that holds a lease; one change at a time, the
 * others wait. Blocks for as long as plugins take to start, become healthy and stop.
 *
 * <p>A plugin is named by its symbolic name, by one of its modules, or by its jar.
 */
public interface PluginAdministration {
    /** All plugins, by name. */
    List<PluginInfo> plugins();

    /** Copies a jar into the plugins folder and starts it; it may not be there yet. */
    PluginOutcome install(Path jar);

    /** Puts this jar in the place of the plugin of the same symbolic name, once it has shown that it works. */
    PluginOutcome upgrade(Path jar);

    /** Goes back to the version that ran before. */
    PluginOutcome rollback(String plugin);

    /** Takes a plugin out of use until it is enabled again, across restarts. */
    PluginOutcome disable(String plugin);

    /** Puts a disabled plugin back into use, approves of one that waits for that, or tries again one that failed. */
    PluginOutcome enable(String plugin);

    /** Takes a plugin out and deletes its jars in the plugins folder. */
    PluginOutcome remove(String plugin);

    /** Looks at the plugins folder now instead of when it is noticed. */
    void rescan();
}

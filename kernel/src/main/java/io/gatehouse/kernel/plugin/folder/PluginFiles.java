package io.gatehouse.kernel.plugin.folder;

import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.jars.JarFolder;
import io.gatehouse.kernel.jars.JarStore;
import io.gatehouse.kernel.jars.PluginMemory;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Where plugins are on the disk.
 *
 * @param folder what operators fill
 * @param store the private copies of what lies there
 * @param memory what is remembered of each plugin
 */
public record PluginFiles(JarFolder folder, JarStore store, PluginMemory memory) {
    /** Those of this installation; blocks on the disk. */
    public static PluginFiles of(Installation installation) {
        Path data = installation.data().resolve("plugins");
        JarStore store = new JarStore(data.resolve("jars"));
        JarFolder folder = new JarFolder(installation.plugins(), store, InstantSource.system());
        return new PluginFiles(folder, store, new PluginMemory(data.resolve("memory.properties")));
    }
}

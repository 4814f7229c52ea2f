package io.gatehouse.kernel.plugin.osgi.felix;

import io.gatehouse.kernel.plugin.PluginHostException;

/** Lets tests of the framework export what the plugin host exports. */
public final class ProductionExports {
    private ProductionExports() {}

    /** Package clauses, parted by commas. */
    public static String read() throws PluginHostException {
        return SystemPackages.read(ProductionExports.class.getClassLoader());
    }
}

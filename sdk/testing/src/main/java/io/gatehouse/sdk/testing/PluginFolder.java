package io.gatehouse.sdk.testing;

import io.gatehouse.kernel.plugin.PluginHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** One jar in the folder {@code plugins/} of a running broker. Called by the test's thread; blocks. */
final class PluginFolder {
    private final PluginHost host;
    private final Path installed;

    PluginFolder(PluginHost host, Path installed) {
        this.host = host;
        this.installed = installed;
    }

    /** Puts this jar in the place of the one before, in one step; the broker takes it over by itself. */
    void put(Path jar) throws IOException {
        remove();
        Files.move(jar, installed, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        host.install(installed);
    }

    /** Takes the jar away. */
    void remove() throws IOException {
        host.uninstall(installed);
        Files.deleteIfExists(installed);
    }
}

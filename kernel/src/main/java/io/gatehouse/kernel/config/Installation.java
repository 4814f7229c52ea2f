package io.gatehouse.kernel.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Where one broker finds its files. Several brokers may share a home; each has a data directory of its own.
 *
 * @param home the installation, with {@code conf/}, {@code plugins/} and {@code lib/}
 * @param data the data directory, created when absent; one broker at a time
 * @param configFile the main configuration file; {@code conf.d/*.conf} beside it is read too
 * @param settings {@code key=value} as given with {@code --set}, in order; the last one for a key wins
 */
public record Installation(Path home, Path data, Path configFile, List<String> settings) {
    public Installation {
        settings = List.copyOf(settings);
    }

    /** The directory into which operators drop bundles. */
    public Path plugins() {
        return home.resolve("plugins");
    }

    /** The bundles that make up the OSGi services the kernel relies on, such as Declarative Services. */
    public Path framework() {
        return home.resolve("lib").resolve("framework");
    }
}

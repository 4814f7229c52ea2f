package io.gatehouse.kernel.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import io.gatehouse.kernel.config.hocon.KeyPath;
import io.gatehouse.kernel.config.schema.ModuleSchemas;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads and checks the configuration; start-up, reload and {@code gatehouse config check} use the same one.
 *
 * <p>It keeps nothing between two calls and may be used by any thread.
 */
public final class ConfigLoader {
    private final Installation installation;
    private final Map<String, String> environment;

    /**
     * A loader.
     *
     * @param installation where the files are
     * @param environment the variables that {@code ${?NAME}} may refer to
     */
    public ConfigLoader(Installation installation, Map<String, String> environment) {
        this.installation = installation;
        this.environment = Map.copyOf(environment);
    }

    /** Reads the files and the descriptions of the installed modules afresh. Blocks on the file system; never throws for what it reads. */
    public ConfigResult load() {
        Problems problems = new Problems();
        SourceReader.Sources sources = new SourceReader(installation, problems).read();
        Places places = new Places(sources.sources());
        Checker checker = new Checker(places, problems);
        SecretFiles secretFiles = new SecretFiles(sources.folder());
        // What refers to a text that was left out is not at fault.
        Problems resolving = sources.complete() ? problems : new Problems();
        Optional<GatehouseConfig> config = new Resolution(environment, places, resolving)
                .resolve(sources.values().withFallback(defaults()))
                .flatMap(values -> check(values, checker, secretFiles));
        List<Path> files = new ArrayList<>(sources.files());
        files.addAll(secretFiles.opened());
        return new ConfigResult(
                problems.hasErrors() ? null : config.orElseThrow(),
                problems.errors(),
                problems.warnings(),
                checker.settings(),
                files);
    }

    /** The configuration, when nothing is wrong. */
    private Optional<GatehouseConfig> check(ConfigObject values, Checker checker, SecretFiles secretFiles) {
        ListenerSections listeners = new ListenerSections(checker);
        listeners.check(values);
        KernelSections kernel = new KernelSections(checker, secretFiles);
        kernel.check(values);
        ModuleSchemas schemas = ModuleSchemas.read(installation.plugins());
        ModuleSections modules = new ModuleSections(checker, schemas, secretFiles);
        List<String> kernelNames = new ArrayList<>(KernelSections.names());
        kernelNames.add(ListenerSections.SECTION);
        Set<String> named = kernel.namedModules().map(ConfigLoader::moduleOf).collect(Collectors.toUnmodifiableSet());
        modules.check(values, kernelNames, named);
        if (checker.problems().hasErrors()) {
            return Optional.empty();
        }
        PluginsConfig plugins = kernel.plugins();
        new TrustCheck(checker).check(plugins.trust());
        if (checker.problems().hasErrors()) {
            return Optional.empty();
        }
        warn(checker, listeners, kernel);
        return Optional.of(new GatehouseConfig(
                listeners.listeners(),
                kernel.authentication(),
                kernel.authorization(),
                kernel.interceptors(),
                plugins,
                kernel.mqtt(),
                kernel.bounds(),
                kernel.features(),
                kernel.guard(),
                modules.modules()));
    }

    private static String moduleOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static void warn(Checker checker, ListenerSections listeners, KernelSections kernel) {
        if (listeners.listeners().isEmpty()) {
            checker.problems()
                    .warning(
                            checker.place(KeyPath.of(ListenerSections.SECTION)),
                            "no listener is enabled: no client can connect");
        }
        if (kernel.refusesEverybody()) {
            checker.problems()
                    .warning(
                            checker.place(KernelKeys.AUTHENTICATION_CHAIN.path()),
                            "`authentication.chain` is empty: every client is refused");
        }
    }

    private static ConfigObject defaults() {
        Config defaults = ConfigFactory.empty();
        for (Key<?> key : KernelKeys.ALL) {
            defaults = defaults.withValue(
                    key.path().toString(), ConfigValueFactory.fromAnyRef(key.fallback(), Places.DEFAULT));
        }
        return defaults.withValue(
                        ListenerSections.DEFAULT_BIND.toString(),
                        ConfigValueFactory.fromAnyRef(ListenerSections.DEFAULT_ADDRESS, Places.DEFAULT))
                .root();
    }
}

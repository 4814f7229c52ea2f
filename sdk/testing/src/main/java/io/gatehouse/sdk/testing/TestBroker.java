package io.gatehouse.sdk.testing;

import io.gatehouse.kernel.config.ConfigLoader;
import io.gatehouse.kernel.config.ConfigProblem;
import io.gatehouse.kernel.config.ConfigResult;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.develop.ChainsForPlugin;
import io.gatehouse.kernel.develop.PluginJar;
import io.gatehouse.kernel.develop.PluginModule;
import io.gatehouse.kernel.develop.PluginSlot;
import io.gatehouse.kernel.main.Gatehouse;
import io.gatehouse.kernel.main.StartFailure;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import io.gatehouse.sdk.testing.open.OpenAuthenticator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** One running broker with the plugin under test. Called by the test's thread, one call at a time; every call blocks. */
final class TestBroker implements AutoCloseable {
    private static final String LISTENER = "listeners.tcp.default.bind = \"127.0.0.1:0\"\n";

    private final TemporaryFolder folder;
    private final BrokerHome home;
    private final PluginPacker packer;
    private final List<PluginModule> modules;
    private final Gatehouse gatehouse;
    private final PluginSlot plugins;

    private TestBroker(
            TemporaryFolder folder,
            BrokerHome home,
            PluginPacker packer,
            List<PluginModule> modules,
            Gatehouse gatehouse) {
        this.folder = folder;
        this.home = home;
        this.packer = packer;
        this.modules = modules;
        this.gatehouse = gatehouse;
        this.plugins = new PluginSlot(gatehouse.plugins(), home.plugin());
    }

    /** Starts a broker with this plugin; all modules of the plugin that can be active are, when this returns. */
    static TestBroker start(PluginSource source, List<Class<?>> components, String configuration) {
        TemporaryFolder folder = TemporaryFolder.create();
        try {
            BrokerHome home = BrokerHome.create(folder.path());
            PluginPacker packer = new PluginPacker(source, components);
            Path packed = packer.pack(home.plugin(), components, List.of());
            List<PluginModule> modules = modules(source, packed);
            home.candidate(withChains(modules, configuration));
            home.acceptCandidate();
            Gatehouse gatehouse = Gatehouse.start(home.installation(), Map.of());
            TestBroker broker = new TestBroker(folder, home, packer, modules, gatehouse);
            modules.stream()
                    .filter(module -> !module.roles().isEmpty()) // the kernel knows no others
                    .forEach(module -> broker.awaitActive(module.name()));
            return broker;
        } catch (StartFailure e) {
            folder.close();
            throw new BrokerNotStartedException("the broker did not start: " + String.join("; ", e.sentences()), e);
        } catch (RuntimeException | AssertionError e) {
            folder.close();
            throw e;
        } catch (Exception e) {
            folder.close();
            throw new BrokerNotStartedException("the broker did not start: " + e, e);
        }
    }

    private static List<PluginModule> modules(PluginSource source, Path packed) throws IOException {
        List<PluginModule> modules = PluginJar.modules(packed);
        if (modules.isEmpty()) {
            throw new BrokerNotStartedException("there is no module in " + source.classes()
                    + ": annotate a class that implements an interface of the SDK with @Component(name = \"...\"),"
                    + " and compile");
        }
        return modules;
    }

    private static String withChains(List<PluginModule> modules, String configuration) {
        boolean decides = modules.stream()
                .flatMap(module -> module.roles().stream())
                .anyMatch(role -> role.chain().equals("authentication.chain"));
        List<String> last = decides ? List.of() : List.of(OpenAuthenticator.NAME);
        return LISTENER + ChainsForPlugin.hocon(modules, last) + configuration + "\n";
    }

    Gatehouse gatehouse() {
        return gatehouse;
    }

    int port() {
        return Objects.requireNonNull(gatehouse.addresses().get("tcp.default")).getPort();
    }

    /**
     * Replaces the plugin while the broker runs, and the configuration with it. When this returns, the new one decides. A configuration with
     * mistakes changes nothing.
     *
     * @param components what the new plugin offers; all that there are when empty
     */
    void reload(List<Class<?>> components, String configuration) {
        try {
            GatehouseConfig before = gatehouse.configuration().config();
            // Which settings a module takes is read from its jar, so the jar is there first, though it may not run
            // without them.
            Optional<String> problem = put(components);
            GatehouseConfig after = configure(configuration);
            if (problem.isPresent() || !after.equals(before)) {
                problem = put(components);
            }
            if (problem.isPresent()) {
                throw new BrokerNotStartedException("the new plugin does not run: " + problem.get());
            }
        } catch (IOException e) {
            throw new BrokerNotStartedException("the plugin cannot be replaced: " + e, e);
        }
    }

    private Optional<String> put(List<Class<?>> components) throws IOException {
        return plugins.put(packer.pack(home.unfinished(), components, modules));
    }

    private GatehouseConfig configure(String configuration) throws IOException {
        GatehouseConfig expected = checked(home.candidate(withChains(modules, configuration)));
        if (!expected.equals(gatehouse.configuration().config())) {
            home.acceptCandidate();
            Waiting.until(
                    () -> expected.equals(gatehouse.configuration().config()),
                    () -> "the broker did not take the configuration over; its log says why");
        }
        return expected;
    }

    private static GatehouseConfig checked(Installation candidate) {
        ConfigResult result = new ConfigLoader(candidate, Map.of()).load();
        if (result.config() == null) {
            throw new BrokerNotStartedException("the configuration has mistakes, the old one stays: "
                    + result.errors().stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")));
        }
        return result.config();
    }

    void remove() {
        try {
            plugins.remove();
            Waiting.until(
                    () -> modules.stream().noneMatch(module -> isOffered(module.name())),
                    () -> "the plugin is still there: "
                            + gatehouse.broker().view().modules());
        } catch (IOException e) {
            throw new BrokerNotStartedException("the plugin cannot be removed: " + e, e);
        }
    }

    void awaitActive(String module) {
        Waiting.until(() -> isOffered(module), () -> notActive(module));
    }

    private boolean isOffered(String name) {
        return module(name).filter(info -> isOffering(info.state())).isPresent();
    }

    private static boolean isOffering(State state) {
        return state == State.ACTIVE || state == State.DEGRADED;
    }

    private String notActive(String name) {
        return module(name)
                .map(info -> "the module " + name + " is not active but "
                        + info.state().name().toLowerCase(Locale.ROOT) + ": " + info.detail())
                .orElseGet(() -> "there is no module " + name + "; there are "
                        + gatehouse.broker().view().modules().stream()
                                .map(ModuleInfo::name)
                                .toList());
    }

    private Optional<ModuleInfo> module(String name) {
        return gatehouse.broker().view().modules().stream()
                .filter(info -> info.name().equals(name))
                .findFirst();
    }

    @Override
    public void close() {
        gatehouse.close();
        folder.close();
    }
}

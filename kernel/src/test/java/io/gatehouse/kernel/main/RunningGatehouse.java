package io.gatehouse.kernel.main;

import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A whole broker in the test's process, in a folder of its own, with plugins that were compiled for the test. */
public final class RunningGatehouse implements AutoCloseable {
    /** Lets everybody in and permits what no source has an opinion about. */
    static final String OPEN = """
            authentication.chain = [auth-all]
            authorization { sources = [], no-match = allow }
            """;

    private final Path home;
    private final Gatehouse gatehouse;

    /** Starts it with these jars in its plugins folder. */
    public RunningGatehouse(Path home, String configuration, PluginJar... plugins) throws IOException, StartFailure {
        this.home = home;
        Files.createDirectories(home.resolve("conf"));
        copy(Path.of("target", "framework"), home.resolve("lib").resolve("framework"));
        Path folder = Files.createDirectories(home.resolve("plugins"));
        for (PluginJar plugin : plugins) {
            plugin.into(folder);
        }
        configure(configuration);
        gatehouse = Gatehouse.start(new Installation(home, data(), configuration(), List.of()), Map.of());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
            for (Path file : files) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** Edits the configuration; the broker notices in its own time. */
    void configure(String configuration) throws IOException {
        // In one step, so that nobody who watches sees half of it.
        Path unfinished = Files.writeString(
                home.resolve("unfinished"), "listeners.tcp.default.bind = \"127.0.0.1:0\"\n" + configuration);
        Files.move(unfinished, configuration(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Drops a jar into the plugins folder under this name, in one step; the broker notices in its own time. */
    void drop(PluginJar plugin, String name) throws IOException {
        Path built = plugin.into(Files.createDirectories(home.resolve("staging")));
        Files.move(
                built,
                home.resolve("plugins").resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** A socket to the broker, before CONNECT. */
    TestClient open() throws IOException {
        return TestClient.open(address());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return addresses().values().iterator().next();
    }

    /** Where its listeners listen, by name. */
    Map<String, InetSocketAddress> addresses() {
        return gatehouse.addresses();
    }

    /** Where this listener listens, such as {@code tcp.default}. */
    InetSocketAddress address(String listener) {
        return Objects.requireNonNull(gatehouse.addresses().get(listener));
    }

    /** What operators can do with plugins. */
    public PluginAdministration plugins() {
        return gatehouse.plugins();
    }

    /** An MQTT 5 client that was let in, whose user name is its client identifier. */
    TestClient connected(String name) throws IOException {
        return connected(Connects.v5(name));
    }

    TestClient connected(Connect connect) throws IOException {
        TestClient client = open();
        client.connect(connect);
        return client;
    }

    BrokerView view() {
        return gatehouse.broker().view();
    }

    ModuleInfo module(String name) {
        return view().modules().stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not in " + view().modules()));
    }

    /** True when a module of this name is there. */
    public boolean offers(String module) {
        return view().modules().stream()
                .anyMatch(info -> info.name().equals(module) && info.state() == ModuleInfo.State.ACTIVE);
    }

    /** Where its plugins lie. */
    public Path pluginsFolder() {
        return home.resolve("plugins");
    }

    /** What it writes. */
    public Path data() {
        return home.resolve("data");
    }

    private Path configuration() {
        return home.resolve("conf").resolve("gatehouse.conf");
    }

    @Override
    public void close() {
        gatehouse.close();
    }
}

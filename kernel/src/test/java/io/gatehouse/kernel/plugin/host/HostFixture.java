package io.gatehouse.kernel.plugin.host;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.Installation;
import io.gatehouse.kernel.plugin.KernelServices;
import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.PluginHostException;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.broker.Statistics;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** A host with a real framework in a folder of its own. */
final class HostFixture implements AutoCloseable {
    static final Client CLIENT = new Client(
            "client-1",
            "alice",
            MqttVersion.V5,
            InetSocketAddress.createUnresolved("192.0.2.1", 1883),
            "tcp.default",
            List.of(),
            Map.of(),
            false);
    static final ConnectRequest REQUEST = new ConnectRequest(CLIENT, null, true, 0, null, List.of());

    final LiveRevocation revocation = new LiveRevocation();
    final Path plugins;
    final Path staging;
    final PluginHost host;

    HostFixture(Path folder, GatehouseConfig config) {
        try {
            copyFramework(Files.createDirectories(folder.resolve("lib").resolve("framework")));
            plugins = Files.createDirectories(folder.resolve("plugins"));
            staging = Files.createDirectories(folder.resolve("staging"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Installation installation = new Installation(
                folder, folder.resolve("data"), folder.resolve("conf").resolve("gatehouse.conf"), List.of());
        host = new PluginHost(installation, config);
    }

    private static void copyFramework(Path target) throws IOException {
        try (Stream<Path> jars = Files.list(Path.of("target", "framework"))) {
            for (Path jar : jars.toList()) {
                Files.copy(jar, target.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    HostFixture start() throws PluginHostException {
        host.start(new KernelServices(new SilentBroker(), new EmptyView(), revocation), Optional::empty, () -> {});
        return this;
    }

    /** Copies a jar into the plugins folder, unless it lies there already. */
    Path put(Path jar) {
        return put(jar, String.valueOf(jar.getFileName()));
    }

    /** Copies a jar into the plugins folder under this name. */
    Path put(Path jar, String name) {
        try {
            Path target = plugins.resolve(name);
            if (!target.equals(jar)) {
                Path incoming = plugins.resolve(name + ".tmp");
                Files.copy(jar, incoming, StandardCopyOption.REPLACE_EXISTING);
                Files.move(incoming, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a jar into the plugins folder, has the host look, and gives what is wrong with it. */
    Optional<PluginFailure> install(Path jar) {
        Path target = put(jar);
        host.administration().rescan();
        return failure(String.valueOf(target.getFileName()));
    }

    /** What is wrong with this file of the plugins folder. */
    Optional<PluginFailure> failure(String fileName) {
        return host.failures().stream()
                .filter(failure -> failure.jar().equals(fileName))
                .findFirst();
    }

    /** Deletes a jar from the plugins folder and has the host look. */
    void uninstall(Path jar) {
        try {
            Files.delete(plugins.resolve(jar.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        host.administration().rescan();
    }

    ModuleInfo module(String name) {
        return host.plugins().modules().stream()
                .filter(module -> module.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new AssertionError(name + " is not in " + host.plugins().modules()));
    }

    AuthOutcome authenticate() {
        try (PluginLease lease = host.plugins().lease()) {
            return lease.snapshot().authentication().authenticate(REQUEST);
        }
    }

    /** What the authenticator said in this attribute. */
    String attribute(String name) {
        return authenticate() instanceof AuthOutcome.Accepted accepted
                ? accepted.client().attributes().getOrDefault(name, "")
                : "not accepted";
    }

    @Override
    public void close() {
        host.close();
    }

    private static final class SilentBroker implements Broker {
        @Override
        public CompletionStage<ReasonCode> publish(Message message) {
            return CompletableFuture.completedFuture(ReasonCode.SUCCESS);
        }

        @Override
        public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public BrokerView view() {
            return new EmptyView();
        }
    }

    private static final class EmptyView implements BrokerView {
        @Override
        public Instant startedAt() {
            return Instant.EPOCH;
        }

        @Override
        public Statistics statistics() {
            return new Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        }

        @Override
        public List<SessionInfo> sessions(int limit) {
            return List.of();
        }

        @Override
        public Optional<SessionInfo> session(String clientId) {
            return Optional.empty();
        }

        @Override
        public List<ModuleInfo> modules() {
            return List.of();
        }
    }
}

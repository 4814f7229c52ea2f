package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.broker.BrokerCore;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.config.BoundsConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.fakes.FixedPlugins;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.sdk.broker.Statistics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The core behind a listener on a port that the system chose. */
public final class NetworkBroker implements AutoCloseable {
    private static final String NAME = "tcp.test";

    private final String name;

    /** Who decides. */
    public final FixedPlugins plugins = new FixedPlugins();

    final EventLoops loops = new EventLoops();
    final Settings settings;

    /** The core itself. */
    public final BrokerCore core;

    final Listeners listeners;

    /** With these limits. */
    public NetworkBroker(MqttConfig mqtt, int maxConnections) {
        this(TestConfigs.of(mqtt), tcp(maxConnections));
    }

    /** With limits that suit most tests. */
    public NetworkBroker() {
        this(TestConfigs.mqtt(20, 20, 1_000), 1_000);
    }

    NetworkBroker(MqttConfig mqtt, BoundsConfig bounds) {
        this(TestConfigs.of(mqtt, bounds), tcp(1_000));
    }

    NetworkBroker(GuardConfig guard) {
        this(guard, tcp(1_000));
    }

    NetworkBroker(GuardConfig guard, ListenerConfig listener) {
        this(TestConfigs.guarded(TestConfigs.of(TestConfigs.mqtt(20, 20, 1_000)), guard), listener);
    }

    NetworkBroker(MqttConfig mqtt, ListenerConfig listener) {
        this(TestConfigs.of(mqtt), listener);
    }

    private NetworkBroker(GatehouseConfig config, ListenerConfig listener) {
        name = listener.name();
        settings = new Settings(config);
        core = BrokerCore.wire(loops.lanes(), plugins, new LiveRevocation(), settings);
        listeners = new Listeners(loops, core.dispatcher(), settings);
        assertThat(listeners.apply(Map.of(name, listener))).isEmpty();
    }

    private static ListenerConfig tcp(int maxConnections) {
        return ListenerConfig.of(ListenerKind.TCP, NAME, "127.0.0.1", 0, maxConnections);
    }

    /** The configuration was edited. */
    void guard(GuardConfig replacement) {
        settings.replace(TestConfigs.guarded(settings.config(), replacement));
        assertThat(core.dispatcher().guard().configured()).isTrue();
        listeners.measureAnew();
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return Objects.requireNonNull(listeners.addresses().get(name));
    }

    /** The port where it listens. */
    public int port() {
        return address().getPort();
    }

    /** How many clients are connected. */
    public long connections() {
        return statistics().connections();
    }

    WireClient open() throws IOException {
        return new WireClient(address());
    }

    WireClient connect(String clientId) throws IOException {
        return open().connect(clientId, 0);
    }

    /** A client identifier that belongs to this lane. */
    String clientIdOfLane(int lane) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "client-" + i)
                .filter(id -> loops.lanes().of(id).index() == lane)
                .findFirst()
                .orElseThrow();
    }

    Statistics statistics() {
        return core.broker().view().statistics();
    }

    @Override
    public void close() {
        listeners.drain(Duration.ofSeconds(1));
        loops.close();
    }
}

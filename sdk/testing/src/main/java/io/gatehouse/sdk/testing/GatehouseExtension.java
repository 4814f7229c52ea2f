package io.gatehouse.sdk.testing;

import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.ModuleInfo;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real broker with the plugin under test, on a free port of the loopback interface and in a temporary folder.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final GatehouseExtension broker = GatehouseExtension.forPlugin(DoorAuthenticator.class)
 *         .configuration("""
 *                 auth-door { password = sesame }
 *                 """)
 *         .build();
 *
 * @Test
 * void letsIn() {
 *     assertThat(broker.client("c").login("alice", "sesame").attempt()).isEqualTo(ReasonCode.SUCCESS);
 * }
 * }</pre>
 *
 * <p>The plugin is packed from the classes as they were compiled, so tests run from an IDE too. Its modules stand in the chains of their
 * roles. When none of them authenticates, everybody is let in under the names claimed; when none authorizes, everything is permitted;
 * {@link Builder#configuration} may say otherwise. A field that is static has one broker for all tests of the class; after a test that
 * changed plugin or configuration, both are put back. A field that is not static has a broker for each test.
 *
 * <p>Methods block, and are called by the test's thread. They fail with an {@link AssertionError} or a
 * {@link BrokerNotStartedException} that says in plain words what is wrong.
 */
public final class GatehouseExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    private final PluginSource source;
    private final List<Class<?>> components;
    private final String configuration;
    private final Queue<TestClient> clients = new ConcurrentLinkedQueue<>();

    private @Nullable TestBroker running;
    private String current;
    private boolean forAllTests;
    private boolean changed;

    private GatehouseExtension(PluginSource source, List<Class<?>> components, String configuration) {
        this.source = source;
        this.components = components;
        this.configuration = configuration;
        this.current = configuration;
    }

    /** A broker for the plugin that this class belongs to. */
    public static Builder forPlugin(Class<?> anyClassOfThePlugin) {
        return new Builder(PluginSource.of(anyClassOfThePlugin), List.of(), "");
    }

    /** The port on 127.0.0.1. */
    public int port() {
        return running().port();
    }

    /** A client that has not connected yet; it is disconnected after the test. */
    public ClientSettings client(String clientId) {
        return new ClientSettings(port(), clientId, clients::add);
    }

    /** A client that was let in without user name and password. */
    public TestClient connect(String clientId) {
        return client(clientId).connect();
    }

    /** What the kernel says about each module. */
    public List<ModuleInfo> modules() {
        return broker().view().modules();
    }

    /** Waits until this module offers its services. */
    public void awaitActive(String module) {
        running().awaitActive(module);
    }

    /** The broker as plugins see it: to publish, to disconnect and to look around. */
    public Broker broker() {
        return running().gatehouse().broker();
    }

    /**
     * Replaces the plugin under test by the same one with another configuration, while clients stay connected. When this returns, the new
     * one decides.
     *
     * @param replacement takes the place of what {@link Builder#configuration} said
     */
    public void hotReload(String replacement) {
        changed = true;
        running().reload(components, replacement);
        current = replacement;
    }

    /**
     * Replaces the plugin under test by one that offers these components, while clients stay connected; without components, by the same
     * one as it is compiled now. When this returns, the new one decides.
     */
    public void hotReload(Class<?>... replacements) {
        changed = true;
        running().reload(replacements.length == 0 ? components : List.of(replacements), current);
    }

    /** Takes the plugin away: what its modules would have decided is refused from now on. */
    public void removePlugin() {
        changed = true;
        running().remove();
    }

    /** Starts the broker; called by JUnit, or by a test that does without {@code @RegisterExtension}. */
    public void start() {
        QuietLog.install();
        running = TestBroker.start(source, components, configuration);
    }

    @Override
    public void close() {
        closeClients();
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        forAllTests = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!forAllTests) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!forAllTests) {
            close();
            return;
        }
        closeClients();
        if (changed) {
            running().reload(components, configuration);
            current = configuration;
            changed = false;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close();
    }

    private void closeClients() {
        for (TestClient client = clients.poll(); client != null; client = clients.poll()) {
            client.close();
        }
    }

    private TestBroker running() {
        if (running == null) {
            throw new BrokerNotStartedException(
                    "the broker does not run: annotate the field with @RegisterExtension, or call start()");
        }
        return running;
    }

    /** What the broker shall be like; immutable. */
    public static final class Builder {
        private final PluginSource source;
        private final List<Class<?>> components;
        private final String configuration;

        private Builder(PluginSource source, List<Class<?>> components, String configuration) {
            this.source = source;
            this.components = List.copyOf(components);
            this.configuration = configuration;
        }

        /** The configuration beside the chains, in HOCON, as an operator would write it into {@code gatehouse.conf}. */
        public Builder configuration(String hocon) {
            return new Builder(source, components, hocon);
        }

        /** Only these components are offered, and only their packages are packed: for a plugin that lies among the tests. */
        public Builder components(Class<?>... selection) {
            return new Builder(source, List.of(selection), configuration);
        }

        /** A broker that JUnit starts and stops. */
        public GatehouseExtension build() {
            return new GatehouseExtension(source, components, configuration);
        }
    }
}

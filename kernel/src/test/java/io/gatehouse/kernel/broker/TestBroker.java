package io.gatehouse.kernel.broker;

import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.FeaturesConfig;
import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.fakes.FixedPlugins;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.broker.Statistics;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** The core on two lanes that run when the test says so. */
final class TestBroker {
    final List<TestLane> lanes = List.of(new TestLane(0), new TestLane(1));
    final FixedPlugins plugins = new FixedPlugins();
    final LiveRevocation revocation = new LiveRevocation();
    final Settings settings;
    final BrokerCore core;
    final List<String> events = new CopyOnWriteArrayList<>();

    TestBroker() {
        this(TestConfigs.of(TestConfigs.MQTT), Durability.IN_MEMORY);
    }

    TestBroker(FeaturesConfig features) {
        this(TestConfigs.with(features), Durability.IN_MEMORY);
    }

    TestBroker(GatehouseConfig config, Durability durability) {
        this(config, durability, MemoryPressure.NONE);
    }

    TestBroker(GatehouseConfig config, Durability durability, MemoryPressure memory) {
        settings = new Settings(config);
        core = BrokerCore.wire(
                new Lanes(List.copyOf(lanes)),
                plugins,
                revocation,
                settings,
                durability,
                memory,
                System::currentTimeMillis);
    }

    /** From now on {@link #events} tells what client listeners hear. */
    TestBroker listening() {
        plugins.listener(new ClientListener() {
            @Override
            public void connected(Client client, boolean sessionPresent) {
                events.add("connected " + client.clientId());
            }

            @Override
            public void disconnected(Client client, ReasonCode reason) {
                events.add("disconnected " + client.clientId() + " " + reason);
            }

            @Override
            public void unsubscribed(Client client, String filter) {
                events.add("unsubscribed " + client.clientId() + " " + filter);
            }

            @Override
            public void refused(Client client, ReasonCode reason) {
                events.add("refused " + client.clientId() + " " + reason);
            }
        });
        return this;
    }

    TestClient open() {
        return new TestClient(this);
    }

    /** A client whose CONNECT has been answered. */
    TestClient connect(Connect connect) {
        TestClient client = open();
        client.send(connect);
        until(client::isAnswered);
        return client;
    }

    /** The same for a client of a listener with this mountpoint. */
    TestClient connect(Connect connect, String mountpoint) {
        TestClient client = open();
        client.link.mountpoint = mountpoint;
        client.send(connect);
        until(client::isAnswered);
        return client;
    }

    /** Lets the lanes work until they are idle. */
    void settle() {
        while (lanes.stream().map(TestLane::run).reduce(false, Boolean::logicalOr)) {}
    }

    /** Lets the lanes work until something has come about that virtual threads have a part in. */
    void until(BooleanSupplier condition) {
        await().pollInterval(Duration.ofMillis(1))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    settle();
                    return condition.getAsBoolean();
                });
    }

    void advance(Duration time) {
        lanes.forEach(lane -> lane.advance(time));
        settle();
    }

    Statistics statistics() {
        return core.broker().view().statistics();
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.routing.Router;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.kernel.store.MemoryRetainedStore;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.sdk.broker.Broker;
import java.util.function.Supplier;

/**
 * The MQTT core, wired.
 *
 * @param dispatcher what the transport calls
 * @param broker what plugins and the command line call
 * @param bounds what its bounds did so far
 */
public record BrokerCore(PacketDispatcher dispatcher, Broker broker, Supplier<BoundsReport> bounds) {

    /** Wires the core for these lanes, with memory without end. */
    public static BrokerCore wire(Lanes lanes, Plugins plugins, LiveRevocation revocation, Settings settings) {
        return wire(lanes, plugins, revocation, settings, Durability.IN_MEMORY, MemoryPressure.NONE);
    }

    static BrokerCore wire(
            Lanes lanes, Plugins plugins, LiveRevocation revocation, Settings settings, Durability durability) {
        return wire(lanes, plugins, revocation, settings, durability, MemoryPressure.NONE);
    }

    /** Wires the core for these lanes. */
    public static BrokerCore wire(
            Lanes lanes,
            Plugins plugins,
            LiveRevocation revocation,
            Settings settings,
            Durability durability,
            MemoryPressure memory) {
        Counters counters = new Counters();
        EventRelay events = new EventRelay(plugins);
        RetainedStore retained = retained(settings, memory);
        Router router = new Router(lanes.all(), () -> settings.config().bounds().maxHandoverSize());
        BackPressure pressure = new BackPressure(lanes, memory, router, counters.bounds);

        SessionRegistry registry = new SessionRegistry(counters, events, settings, memory);

        MessageGate messageGate = new MessageGate(plugins, revocation, settings);
        SubscriptionGate subscriptionGate = new SubscriptionGate(plugins, revocation, settings);
        Authentication authentication = new Authentication(plugins, messageGate, settings);

        Publisher publisher = new Publisher(router, retained, durability, events, counters.bounds);
        Subscriptions subscriptions = new Subscriptions(router, counters);
        Wills wills = new Wills(messageGate, publisher, counters);
        LiveClients clients = new LiveClients(registry, subscriptionGate, subscriptions, events, plugins);
        revocation.addListener(clients);
        SessionLifecycle lifecycle = new SessionLifecycle(
                registry, subscriptions, wills, clients, plugins, durability, counters, events, settings);

        AuthHandler auths = new AuthHandler(authentication, plugins, lifecycle);
        PacketDispatcher dispatcher = new PacketDispatcher(
                new ConnectHandler(authentication, auths, lifecycle, lanes, revocation, counters, events, settings),
                auths,
                new PublishHandler(messageGate, publisher, counters, settings, pressure),
                new SubscribeHandler(subscriptionGate, subscriptions, retained, durability, events, settings, memory),
                new UnsubscribeHandler(subscriptions, durability, events),
                new DisconnectHandler(settings),
                lifecycle,
                new SlowConsumers(counters.bounds, settings));
        return new BrokerCore(
                dispatcher,
                new BrokerFacade(lanes, publisher, clients, registry, retained, counters, plugins, settings, memory),
                () -> counters.bounds.report(memory));
    }

    private static RetainedStore retained(Settings settings, MemoryPressure memory) {
        return new MemoryRetainedStore(
                () -> new MemoryRetainedStore.Bounds(
                        settings.mqtt().maxRetained(),
                        settings.config().bounds().maxRetainedSize()),
                memory,
                sweep -> Thread.ofVirtual().name("retained-sweep").start(sweep),
                System::currentTimeMillis);
    }
}

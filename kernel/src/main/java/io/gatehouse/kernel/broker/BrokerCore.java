package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.guard.Bans;
import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.routing.Router;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.store.DividedRetainedStore;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.kernel.store.MemoryRetainedStore;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.sdk.broker.Broker;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The MQTT core, wired.
 *
 * @param dispatcher what the transport calls
 * @param broker what plugins and the command line call
 * @param systemTopics what the broker tells about itself, as soon as it is started
 * @param bounds what its bounds did so far
 */
public record BrokerCore(
        PacketDispatcher dispatcher, Broker broker, SystemTopics systemTopics, Supplier<BoundsReport> bounds) {

    /** Wires the core for these lanes, with memory without end. */
    public static BrokerCore wire(Lanes lanes, Plugins plugins, LiveRevocation revocation, Settings settings) {
        return wire(
                lanes,
                plugins,
                revocation,
                settings,
                Durability.IN_MEMORY,
                MemoryPressure.NONE,
                System::currentTimeMillis);
    }

    /** Wires the core for these lanes, with bans that end with the process. */
    public static BrokerCore wire(
            Lanes lanes,
            Plugins plugins,
            LiveRevocation revocation,
            Settings settings,
            Durability durability,
            MemoryPressure memory,
            LongSupplier clock) {
        return wire(lanes, plugins, revocation, settings, durability, memory, clock, Bans.inMemory());
    }

    /** Wires the core for these lanes, with what it holds in memory, on the system's clock. */
    public static BrokerCore wire(
            Lanes lanes,
            Plugins plugins,
            LiveRevocation revocation,
            Settings settings,
            MemoryPressure memory,
            Bans bans) {
        return wire(
                lanes, plugins, revocation, settings, Durability.IN_MEMORY, memory, System::currentTimeMillis, bans);
    }

    /**
     * Wires the core for these lanes.
     *
     * @param clock milliseconds since the epoch, by which messages expire
     */
    public static BrokerCore wire(
            Lanes lanes,
            Plugins plugins,
            LiveRevocation revocation,
            Settings settings,
            Durability durability,
            MemoryPressure memory,
            LongSupplier clock,
            Bans bans) {
        Guard guard =
                new Guard(() -> settings.config().guard(), bans, lanes.all().size());
        Counters counters = new Counters();
        EventRelay events = new EventRelay(plugins);
        RetainedStore retained = new DividedRetainedStore(retained(settings, memory, clock));
        Router router = new Router(
                lanes.all(),
                () -> settings.features().sharedStrategy(),
                () -> settings.config().bounds().maxHandoverSize());
        BackPressure pressure = new BackPressure(lanes, memory, router, counters.bounds);
        TopicPlan plan = new TopicPlan(settings);

        SessionRegistry registry = new SessionRegistry(counters, events, settings, memory, clock);

        MessageGate messageGate = new MessageGate(plugins, revocation, settings);
        SubscriptionGate subscriptionGate = new SubscriptionGate(plan, plugins, revocation, settings);
        Authentication authentication = new Authentication(plugins, plan, messageGate, guard, settings);

        Publisher publisher = new Publisher(router, retained, durability, events, counters.bounds, clock);
        Subscriptions subscriptions = new Subscriptions(router, counters);
        DelayedMessages delayed = new DelayedMessages(messageGate, publisher, counters, settings);
        Wills wills = new Wills(plan, messageGate, publisher, delayed, counters);
        SubscribeHandler subscribes = new SubscribeHandler(
                plan, subscriptionGate, subscriptions, retained, durability, events, settings, memory);
        LiveClients clients = new LiveClients(registry, subscriptionGate, subscriptions, events, plugins);
        revocation.addListener(clients);
        guard.bans().addListener(clients);
        SessionLifecycle lifecycle = new SessionLifecycle(
                registry,
                subscriptions,
                wills,
                subscribes,
                clients,
                plugins,
                durability,
                counters,
                events,
                guard,
                settings);

        AuthHandler auths = new AuthHandler(authentication, plugins, lifecycle, revocation);
        PacketDispatcher dispatcher = new PacketDispatcher(
                new ConnectHandler(
                        authentication, auths, lifecycle, lanes, revocation, guard, counters, events, settings),
                auths,
                new PublishHandler(plan, messageGate, publisher, delayed, counters, settings, pressure),
                subscribes,
                new UnsubscribeHandler(subscriptions, durability, events),
                new DisconnectHandler(settings),
                lifecycle,
                new SlowConsumers(counters.bounds, settings),
                counters.bounds,
                guard);
        BrokerFacade facade =
                new BrokerFacade(lanes, publisher, clients, registry, retained, counters, plugins, settings, memory);
        return new BrokerCore(
                dispatcher,
                facade,
                new SystemTopics(lanes.all().getFirst(), publisher, facade, delayed, settings),
                () -> counters.bounds.report(memory));
    }

    private static RetainedStore retained(Settings settings, MemoryPressure memory, LongSupplier clock) {
        return new MemoryRetainedStore(
                () -> new MemoryRetainedStore.Bounds(
                        settings.mqtt().maxRetained(),
                        settings.config().bounds().maxRetainedSize()),
                memory,
                sweep -> Thread.ofVirtual().name("retained-sweep").start(sweep),
                clock);
    }
}

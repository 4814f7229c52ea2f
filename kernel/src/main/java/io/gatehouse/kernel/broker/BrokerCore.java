package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.routing.Router;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.kernel.store.MemoryRetainedStore;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.sdk.broker.Broker;
import java.util.function.LongSupplier;

/**
 * The MQTT core, wired.
 *
 * @param dispatcher what the transport calls
 * @param broker what plugins and the command line call
 */
public record BrokerCore(PacketDispatcher dispatcher, Broker broker) {

    /** Wires the core for these lanes. */
    public static BrokerCore wire(Lanes lanes, Plugins plugins, LiveRevocation revocation, Settings settings) {
        return wire(lanes, plugins, revocation, settings, Durability.IN_MEMORY, System::currentTimeMillis);
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
            LongSupplier clock) {
        Counters counters = new Counters();
        EventRelay events = new EventRelay(plugins);
        RetainedStore retained = new MemoryRetainedStore(settings.mqtt().maxRetained());
        Router router = new Router(lanes.all());

        SessionRegistry registry = new SessionRegistry(counters, events, settings, clock);

        MessageGate messageGate = new MessageGate(plugins, revocation, settings);
        SubscriptionGate subscriptionGate = new SubscriptionGate(plugins, revocation, settings);
        Authentication authentication = new Authentication(plugins, messageGate, settings);

        Publisher publisher = new Publisher(router, retained, durability, events, clock);
        Subscriptions subscriptions = new Subscriptions(router, counters);
        Wills wills = new Wills(messageGate, publisher, counters);
        LiveClients clients = new LiveClients(registry, subscriptionGate, subscriptions, events, plugins);
        revocation.addListener(clients);
        SessionLifecycle lifecycle = new SessionLifecycle(
                registry, subscriptions, wills, clients, plugins, durability, counters, events, settings);

        AuthHandler auths = new AuthHandler(authentication, plugins, lifecycle, revocation);
        PacketDispatcher dispatcher = new PacketDispatcher(
                new ConnectHandler(authentication, auths, lifecycle, lanes, revocation, counters, events, settings),
                auths,
                new PublishHandler(messageGate, publisher, counters, settings),
                new SubscribeHandler(subscriptionGate, subscriptions, retained, durability, events, settings, clock),
                new UnsubscribeHandler(subscriptions, durability, events),
                new DisconnectHandler(settings),
                lifecycle);
        return new BrokerCore(
                dispatcher,
                new BrokerFacade(lanes, publisher, clients, registry, retained, counters, plugins, settings));
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Tells listeners what happened. Each listener has a bounded queue and, while that is not empty, a virtual thread of its own, so that
 * order is kept and nobody waits for a slow one; what does not fit is lost and counted against the module.
 */
@AnyThread
final class EventRelay {
    private final Plugins plugins;
    private final Map<String, ListenerQueue> queues = new ConcurrentHashMap<>();

    EventRelay(Plugins plugins) {
        this.plugins = plugins;
    }

    void connected(Client client, boolean sessionPresent) {
        toClientListeners(listener -> listener.connected(client, sessionPresent));
    }

    void refused(Client client, ReasonCode reason) {
        toClientListeners(listener -> listener.refused(client, reason));
    }

    void disconnected(Client client, ReasonCode reason) {
        toClientListeners(listener -> listener.disconnected(client, reason));
    }

    void subscribed(Client client, Subscription subscription) {
        toClientListeners(listener -> listener.subscribed(client, subscription));
    }

    void unsubscribed(Client client, String filter) {
        toClientListeners(listener -> listener.unsubscribed(client, filter));
    }

    void published(Client client, Message message) {
        toMessageListeners(message, listener -> listener.published(client, message));
    }

    void delivered(Client client, Message message) {
        toMessageListeners(message, listener -> listener.delivered(client, message));
    }

    void dropped(Client client, Message message, ReasonCode reason) {
        toMessageListeners(message, listener -> listener.dropped(client, message, reason));
    }

    /** True when somebody listens to messages; spares the message path the making of events. */
    boolean messagesMatter() {
        return !plugins.current().messageListeners().isEmpty();
    }

    private void toClientListeners(Consumer<ClientListener> event) {
        List<Gate<ClientListener>> gates = plugins.current().clientListeners();
        for (int i = 0; i < gates.size(); i++) {
            String name = gates.get(i).name();
            queueOf(gates.get(i)).add(() -> call(name, PluginSnapshot::clientListeners, event), 0);
        }
    }

    private void toMessageListeners(Message message, Consumer<MessageListener> event) {
        List<Gate<MessageListener>> gates = plugins.current().messageListeners();
        for (int i = 0; i < gates.size(); i++) {
            String name = gates.get(i).name();
            queueOf(gates.get(i))
                    .add(() -> call(name, PluginSnapshot::messageListeners, event), Publication.size(message));
        }
    }

    /** The listener is looked up when it is called and held by a lease meanwhile, so that none is called after it was withdrawn. */
    private <T> void call(String name, Function<PluginSnapshot, List<Gate<T>>> gates, Consumer<T> event) {
        try (PluginLease lease = plugins.lease()) {
            for (Gate<T> gate : gates.apply(lease.snapshot())) {
                T listener = gate.service();
                if (listener != null && gate.name().equals(name)) {
                    Thread.currentThread()
                            .setContextClassLoader(listener.getClass().getClassLoader());
                    event.accept(listener);
                }
            }
        }
    }

    private ListenerQueue queueOf(Gate<?> gate) {
        return queues.computeIfAbsent(gate.name(), _ -> new ListenerQueue(gate.meter()));
    }
}

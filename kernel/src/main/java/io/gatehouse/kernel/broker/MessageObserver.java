package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionObserver;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Counts what sessions deliver and drop, and tells the listeners if there are any. */
@OnLane
final class MessageObserver implements SessionObserver {
    private final Counters counters;
    private final EventRelay events;
    private @Nullable SessionRegistry registry;

    MessageObserver(Counters counters, EventRelay events) {
        this.counters = counters;
        this.events = events;
    }

    /** To be called once while the broker is wired: the registry needs the observer first. */
    void registry(SessionRegistry sessions) {
        registry = sessions;
    }

    @Override
    public void delivered(Session session, Message message) {
        counters.messagesSent.increment();
        if (events.messagesMatter()) {
            withClient(session, (client, relay) -> relay.delivered(client, message));
        }
    }

    @Override
    public void dropped(Session session, Message message, ReasonCode reason) {
        counters.messagesDropped.increment();
        if (events.messagesMatter()) {
            withClient(session, (client, relay) -> relay.dropped(client, message, reason));
        }
    }

    private void withClient(Session session, BiConsumer<Client, EventRelay> tell) {
        SessionLife life = registry == null ? null : registry.find(session.clientId());
        if (life != null) {
            tell.accept(life.client, events);
        }
    }
}

package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.plugin.PublishesTo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Publishes what it hears of a client under {@code events/CLIENT}. */
@Component(name = "reporter")
@PublishesTo("events/#")
public final class Reporter implements ClientListener, MessageListener {
    private static final String EVENTS = "events/";

    private final Broker broker;

    @Activate
    public Reporter(@Reference Broker broker) {
        this.broker = broker;
    }

    @Override
    public void connected(Client client, boolean sessionPresent) {
        report(client, "connected " + sessionPresent);
    }

    @Override
    public void refused(Client client, ReasonCode reason) {
        report(client, "refused " + reason);
    }

    @Override
    public void disconnected(Client client, ReasonCode reason) {
        report(client, "disconnected " + reason);
    }

    @Override
    public void subscribed(Client client, Subscription subscription) {
        report(client, "subscribed " + subscription.filter());
    }

    @Override
    public void unsubscribed(Client client, String filter) {
        report(client, "unsubscribed " + filter);
    }

    @Override
    public void published(Client publisher, Message message) {
        report(publisher, "published " + message.topic());
    }

    @Override
    public void delivered(Client subscriber, Message message) {
        if (!message.topic().startsWith(EVENTS)) {
            report(subscriber, "delivered " + message.topic());
        }
    }

    @Override
    public void dropped(Client subscriber, Message message, ReasonCode reason) {
        report(subscriber, "dropped " + message.topic());
    }

    private void report(Client client, String text) {
        var _ = broker.publish(Message.of(EVENTS + client.clientId(), Payload.ofUtf8(text)));
    }
}

package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.plugin.PluginHealth;
import io.gatehouse.sdk.plugin.PublishesTo;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Does with the broker what messages below {@code control/} tell it to. */
@Component(name = "authz-policy")
@PublishesTo("control/answer")
public final class PolicyPlugin implements Authorizer, MessageListener, PluginHealth {
    private final Broker broker;
    private final BrokerView view;
    private final PolicyChanges changes;
    private final Set<String> closedTopics = ConcurrentHashMap.newKeySet();

    @Activate
    public PolicyPlugin(@Reference Broker broker, @Reference BrokerView view, @Reference PolicyChanges changes) {
        this.broker = broker;
        this.view = view;
        this.changes = changes;
    }

    @Override
    public Decision decide(Client client, Action action) {
        return closedTopics.contains(action.topic()) ? Decision.DENY : Decision.ABSTAIN;
    }

    @Override
    public void published(Client publisher, Message message) {
        String text = message.payload().asUtf8();
        switch (message.topic()) {
            case "control/revoke" -> changes.revoked(client -> client.clientId().equals(text));
            case "control/kick" -> {
                var _ = broker.disconnect(text, ReasonCode.ADMINISTRATIVE_ACTION);
            }
            case "control/close" -> {
                closedTopics.add(text);
                changes.changedForAll();
            }
            case "control/view" -> answer(text);
            default -> {}
        }
    }

    private void answer(String clientId) {
        String text = view.session(clientId)
                        .map(session -> session.connected() + " " + session.subscriptions())
                        .orElse("unknown")
                + " of " + view.statistics().connections();
        var _ = broker.publish(Message.of("control/answer", Payload.ofUtf8(text)));
    }

    @Override
    public Status health() {
        return closedTopics.isEmpty()
                ? new Status.Up()
                : new Status.Degraded(closedTopics.size() + " topics are closed");
    }
}

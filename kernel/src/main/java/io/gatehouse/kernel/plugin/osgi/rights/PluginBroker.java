package io.gatehouse.kernel.plugin.osgi.rights;

import io.gatehouse.kernel.admission.Capabilities;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.concurrent.CompletionStage;

/** The broker as one plugin gets it: it publishes to the topics that the plugin declared, and to no others. Any thread. */
final class PluginBroker implements Broker {
    private final String plugin;
    private final Capabilities capabilities;
    private final Broker broker;

    PluginBroker(String plugin, Capabilities capabilities, Broker broker) {
        this.plugin = plugin;
        this.capabilities = capabilities;
        this.broker = broker;
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        if (!capabilities.mayPublishTo(message.topic())) {
            throw new SecurityException(
                    "plugin " + plugin
                            + " publishes to a topic that it did not declare: put @PublishesTo with a filter for it on one of its classes");
        }
        return broker.publish(message);
    }

    @Override
    public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
        return broker.disconnect(clientId, reason);
    }

    @Override
    public BrokerView view() {
        return broker.view();
    }
}

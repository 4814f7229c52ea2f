package com.example.gatehouse.messages;

import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.plugin.PublishesTo;
import java.util.concurrent.atomic.AtomicLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Counts what clients publish and says now and then how much it was. */
@PublishesTo("counters/#") // anywhere else the broker refuses
@Component(name = "count-messages")
@PublishesTo("counters/#")
@Designate(ocd = MessageCounter.Configuration.class)
public final class MessageCounter implements MessageListener {
    @ObjectClassDefinition(name = "Message counter")
    @interface Configuration {
        @AttributeDefinition(description = "Where the count is published, retained; below counters/")
        String topic() default "counters/messages";

        @AttributeDefinition(description = "After how many messages", min = "1")
        int every() default 100;
    }

    private final AtomicLong count = new AtomicLong();
    private final Configuration configuration;
    private final Broker broker;

    @Activate
    public MessageCounter(Configuration configuration, @Reference Broker broker) {
        this.configuration = configuration;
        this.broker = broker;
    }

    /** Called after the fact, on a thread of this listener. What the broker publishes for a plugin is not heard here again. */
    @Override
    public void published(Client publisher, Message message) {
        long now = count.incrementAndGet();
        if (now % configuration.every() == 0) {
            broker.publish(Message.of(configuration.topic(), Payload.ofUtf8(Long.toString(now))).withRetain(true));
        }
    }
}

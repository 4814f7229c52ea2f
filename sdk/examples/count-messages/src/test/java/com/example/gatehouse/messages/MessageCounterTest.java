package com.example.gatehouse.messages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.testing.GatehouseExtension;
import io.gatehouse.sdk.testing.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MessageCounterTest {
    @RegisterExtension
    final GatehouseExtension broker = GatehouseExtension.forPlugin(MessageCounter.class)
            .configuration("count-messages.every = 3")
            .build();

    @Test
    void saysAfterEveryThirdMessageHowManyThereWere() {
        TestClient client = broker.connect("c");
        client.subscribe("counters/messages", Qos.AT_MOST_ONCE);

        for (int i = 0; i < 6; i++) {
            client.publish("news", "hello");
        }

        assertEquals("3", client.receive().payload().asUtf8());
        assertEquals("6", client.receive().payload().asUtf8());
    }
}

package com.example.gatehouse.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.testing.GatehouseExtension;
import io.gatehouse.sdk.testing.TestClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MaskInterceptorTest {
    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(MaskInterceptor.class)
            .configuration("mask-payload.filter = \"orders/#\"")
            .build();

    private TestClient client;

    @BeforeEach
    void subscribe() {
        client = broker.connect("c");
        client.subscribe("#", Qos.AT_LEAST_ONCE);
    }

    @Test
    void masksWhatMatches() {
        client.publish("orders/1", "paid with 4111111111111111");

        assertEquals("paid with ***", client.receive().payload().asUtf8());
    }

    @Test
    void leavesOtherTopicsAlone() {
        client.publish("numbers", "4111111111111111");

        assertEquals("4111111111111111", client.receive().payload().asUtf8());
    }
}

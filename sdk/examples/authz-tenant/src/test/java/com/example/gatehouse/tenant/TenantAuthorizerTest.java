package com.example.gatehouse.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.testing.GatehouseExtension;
import io.gatehouse.sdk.testing.TestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TenantAuthorizerTest {
    @RegisterExtension
    static final GatehouseExtension broker =
            GatehouseExtension.forPlugin(TenantAuthorizer.class).build();

    private final TestClient alice = broker.client("c").login("alice@acme", "").connect();

    @Test
    void aTenantUsesItsOwnTopics() {
        assertEquals(ReasonCode.GRANTED_QOS_1, alice.subscribe("tenants/acme/#", Qos.AT_LEAST_ONCE));
        assertEquals(ReasonCode.SUCCESS, alice.publish("tenants/acme/news", "hello"));
        assertEquals("hello", alice.receive().payload().asUtf8());
    }

    @Test
    void aTenantReachesNoOther() {
        assertEquals(ReasonCode.NOT_AUTHORIZED, alice.publish("tenants/other/news", "hello"));
        assertEquals(ReasonCode.NOT_AUTHORIZED, alice.subscribe("tenants/+/news", Qos.AT_LEAST_ONCE));
        assertEquals(ReasonCode.NOT_AUTHORIZED, alice.subscribe("#", Qos.AT_LEAST_ONCE));
    }

    @Test
    void aUserNameIsNoPattern() {
        TestClient mallory = broker.client("m").login("mallory@+", "").connect();

        assertEquals(ReasonCode.NOT_AUTHORIZED, mallory.subscribe("tenants/+/news", Qos.AT_LEAST_ONCE));
    }
}

package com.example.gatehouse.key;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.testing.GatehouseExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeviceKeyAuthenticatorTest {
    /** printf sensor-1 | openssl dgst -sha256 -hmac 'the key of our fleet' */
    private static final String PASSWORD_OF_SENSOR_1 = "476bc69a568803e9cb2daf07c3df42a764af1f9d44d94752cfdd51017afb20d6";

    @RegisterExtension
    static final GatehouseExtension broker = GatehouseExtension.forPlugin(DeviceKeyAuthenticator.class)
            .configuration("auth-device-key.fleet-key = \"the key of our fleet\"")
            .build();

    @Test
    void letsInTheDeviceThatThePasswordWasMadeFor() {
        assertEquals(ReasonCode.SUCCESS, broker.client("sensor-1").login("any", PASSWORD_OF_SENSOR_1).attempt());
    }

    @Test
    void refusesThePasswordOfAnotherDevice() {
        assertEquals(
                ReasonCode.BAD_USER_NAME_OR_PASSWORD,
                broker.client("sensor-2").login("any", PASSWORD_OF_SENSOR_1).attempt());
    }

    @Test
    void aNewKeyIsInForceAtOnceAndWhoIsConnectedStays() {
        var connected = broker.client("sensor-1").login("any", PASSWORD_OF_SENSOR_1).connect();

        broker.hotReload("auth-device-key.fleet-key = \"another key, as long\"");

        assertEquals(
                ReasonCode.BAD_USER_NAME_OR_PASSWORD,
                broker.client("sensor-1b").login("any", PASSWORD_OF_SENSOR_1).attempt());
        assertEquals(true, connected.isConnected());
    }
}

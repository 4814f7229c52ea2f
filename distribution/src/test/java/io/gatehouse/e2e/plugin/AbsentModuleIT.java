package io.gatehouse.e2e.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.HostedBroker;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A chain that names a module which is not there. */
class AbsentModuleIT {
    @RegisterExtension
    static final HostedBroker BROKER =
            HostedBroker.with("authentication { chain = [auth-absent, auth-builtin], module-wait = 200ms }");

    @Test
    void aConnectWaitsAndIsThenRefused() {
        assertThat(WireClient.refused(BROKER.port(), new ConnectPacket("x"))).isEqualTo(ReasonCode.SERVER_UNAVAILABLE);
    }
}

package io.gatehouse.e2e.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.Qos;
import org.junit.jupiter.api.Test;

/** What a broker does by default in its first seconds, beside serving. */
class WarmUpIT {
    @Test
    void servesWhileItWarmsUpAndSaysWhenItHas() throws Exception {
        try (BrokerProcess broker = BrokerProcess.standard().warmingUp().start();
                WireClient publisher = connect(broker, "publisher");
                WireClient subscriber = connect(broker, "subscriber").subscribe("#", Qos.AT_LEAST_ONCE)) {
            publisher.publish("early/bird", "catches", Qos.AT_LEAST_ONCE);
            assertThat(subscriber.nextText()).isEqualTo("catches");

            broker.awaitLog("Warmed up in");

            publisher.publish("late", "and nothing else came", Qos.AT_LEAST_ONCE);
            assertThat(subscriber.nextText()).isEqualTo("and nothing else came");
        }
    }

    private static WireClient connect(BrokerProcess broker, String clientId) {
        return WireClient.connect(broker.port(), new ConnectPacket(clientId).user("root"));
    }
}

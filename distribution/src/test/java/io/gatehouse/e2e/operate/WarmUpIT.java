package io.gatehouse.e2e.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.Finished;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.Qos;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

    @Test
    void doesWithoutWhenItIsTold() {
        try (BrokerProcess warm = BrokerProcess.standard().warmingUp().start();
                BrokerProcess cold = BrokerProcess.standard().start()) {
            await("the stage of the one")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> threads(warm).contains("warm-up-lane"));
            assertThat(threads(cold)).contains("lane-watch").doesNotContain("warm-up");
        }
    }

    private static String threads(BrokerProcess broker) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Finished.of(new ProcessBuilder(List.of(jcmd, Long.toString(broker.pid()), "Thread.print")), "")
                .out();
    }

    private static WireClient connect(BrokerProcess broker, String clientId) {
        return WireClient.connect(broker.port(), new ConnectPacket(clientId).user("root"));
    }
}

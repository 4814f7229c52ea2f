package io.gatehouse.e2e.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerFolder;
import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.WireClient;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import org.junit.jupiter.api.Test;

/** Files that are edited while the broker runs. */
class LiveEditIT {
    @Test
    void aGoodEditOfTheRulesReachesConnectedClientsAndABrokenOneChangesNothing() throws Exception {
        try (BrokerProcess broker = BrokerProcess.standard().expectingErrors().start();
                WireClient client = WireClient.connect(broker.port(), new ConnectPacket("c"))) {
            client.subscribe("later/closed", Qos.AT_LEAST_ONCE);
            broker.folder().acl("{deny, all, all, [\"later/#\"]}.\n" + BrokerFolder.ACL);
            broker.awaitLog("3 rules are in force now, 2 before");
            assertThat(client.trySubscribe(Subscription.of("later/x", Qos.AT_MOST_ONCE), 0))
                    .isEqualTo(ReasonCode.NOT_AUTHORIZED);
            assertThat(client.publish("later/x", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            try (WireClient root = WireClient.connect(broker.port(), new ConnectPacket("root").user("root"))) {
                root.publish("later/closed", "not for you", Qos.AT_LEAST_ONCE);
                root.publish("open", "for nobody", Qos.AT_LEAST_ONCE);
            }
            client.ping();

            broker.folder().acl("{allow, all}.\n{alow, all}.\n");
            broker.awaitLog("acl.conf:2:");
            assertThat(client.publish("later/x", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NOT_AUTHORIZED);

            broker.folder().acl(BrokerFolder.ACL);
            broker.awaitLog("the file is good again");
            assertThat(client.publish("later/x", "x", Qos.AT_LEAST_ONCE)).isEqualTo(ReasonCode.NO_MATCHING_SUBSCRIBERS);
        }
    }

    @Test
    void aGoodEditOfTheConfigurationIsInForceAndABrokenOneChangesNothing() throws Exception {
        try (BrokerProcess broker =
                BrokerProcess.with("mqtt.receive-maximum = 5").expectingErrors().start()) {
            assertThat(receiveMaximum(broker)).isEqualTo(5);
            broker.folder().configuration("mqtt.receive-maximum = 6");
            broker.awaitLog("The configuration was edited and is in force");
            assertThat(receiveMaximum(broker)).isEqualTo(6);

            broker.folder().configuration("mqtt.receive-maximum = 7\nmqtt.max-inflite = 1");
            broker.awaitLog("max-inflite");
            assertThat(receiveMaximum(broker)).isEqualTo(6);
            assertThat(broker.isRunning()).isTrue();
        }
    }

    @Test
    void authenticationCanBeChangedWhileClientsStay() throws Exception {
        try (BrokerProcess broker = BrokerProcess.standard().start();
                WireClient client = WireClient.connect(broker.port(), new ConnectPacket("stays"))) {
            ConnectPacket anonymous = new ConnectPacket("anonymous").credentials(null, null);
            assertThat(WireClient.refused(broker.port(), anonymous)).isEqualTo(ReasonCode.NOT_AUTHORIZED);
            broker.folder().configuration("authentication.chain = [auth-builtin, auth-anonymous]");
            broker.awaitLog("The configuration was edited and is in force");
            WireClient.connect(broker.port(), anonymous).disconnect();
            client.ping();
        }
    }

    private static int receiveMaximum(BrokerProcess broker) {
        try (WireClient client = WireClient.connect(broker.port(), new ConnectPacket("probe"))) {
            return client.connAck().properties().receiveMaximum();
        }
    }
}

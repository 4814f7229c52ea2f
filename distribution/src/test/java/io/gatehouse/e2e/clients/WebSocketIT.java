package io.gatehouse.e2e.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.peer.Peer;
import io.gatehouse.e2e.peer.Peer.Received;
import io.gatehouse.e2e.peer.PeerKind;
import io.gatehouse.e2e.peer.PeerSettings;
import io.gatehouse.e2e.peer.Peers;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same clients over WebSocket, beside others over TCP. */
class WebSocketIT {
    @RegisterExtension
    static final BrokerProcess BROKER = BrokerProcess.with("listeners.ws.default.bind = \"127.0.0.1:0\"");

    @RegisterExtension
    static final Peers PEERS = new Peers(BROKER);

    @ParameterizedTest
    @EnumSource
    void deliversEachQosToAndFromTcp(PeerKind kind) throws Exception {
        String topic = PEERS.unique("qos");
        Peer web = PEERS.connectOverWebSocket(kind, "web", settings -> settings);
        web.subscribe(topic + "/to-web", 2);
        Peer device = PEERS.connect(kind, "device");
        device.subscribe(topic + "/to-device", 2);
        String large = "x".repeat(100_000);
        for (int qos = 0; qos <= 2; qos++) {
            device.publish(topic + "/to-web", large + qos, qos, false);
            assertThat(web.next()).isEqualTo(new Received(topic + "/to-web", large + qos, qos, false));
            web.publish(topic + "/to-device", large + qos, qos, false);
            assertThat(device.next()).isEqualTo(new Received(topic + "/to-device", large + qos, qos, false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheWillToItselfWhenTheClientSaysGoodBye(PeerKind kind) throws Exception {
        String topic = PEERS.unique("will");
        Peer watcher = PEERS.connect(kind, "watcher");
        watcher.subscribe(topic, 1);
        PEERS.connectOverWebSocket(kind, "polite", settings -> settings.will(topic))
                .disconnect();
        // The same identifier again: the broker is done with the first connection before it answers the second.
        PEERS.connectOverWebSocket(kind, "polite", PeerSettings::keepingSession).publish(topic, "afterwards", 1, false);
        assertThat(watcher.next().payload()).isEqualTo("afterwards");
    }
}

package io.gatehouse.kernel.transport;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.FlappingConfig;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.config.ListenerConfig;
import io.gatehouse.kernel.config.ListenerKind;
import io.gatehouse.kernel.config.Rate;
import io.gatehouse.kernel.config.RatesConfig;
import io.gatehouse.kernel.guard.BanOutcome;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guard over real sockets. */
@Timeout(60)
class GuardedConnectionsTest {
    private NetworkBroker broker = new NetworkBroker();

    @AfterEach
    void stop() {
        broker.close();
    }

    private void restart(GuardConfig guard) {
        broker.close();
        broker = new NetworkBroker(guard);
    }

    private static Rate perSecond(long amount) {
        return new Rate(amount, Duration.ofSeconds(1), 0);
    }

    private static GuardConfig clients(RatesConfig rates) {
        return new GuardConfig(
                1_000,
                rates,
                RatesConfig.UNLIMITED,
                RatesConfig.UNLIMITED,
                Duration.ofSeconds(10),
                FlappingConfig.DEFAULT);
    }

    private static GuardConfig connections(int most, RatesConfig client, RatesConfig listener) {
        return new GuardConfig(
                most, client, listener, RatesConfig.UNLIMITED, Duration.ofSeconds(10), FlappingConfig.DEFAULT);
    }

    private static byte[] messages(int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(
                    WireClient.encode(new Publish(message("t", "m" + i, Qos.AT_MOST_ONCE), false, 0, 0, List.of())));
        }
        return all.toByteArray();
    }

    /** Sends this many at once and tells how long it took until the last one was through; none is lost, and their order is kept. */
    private Duration through(WireClient publisher, WireClient subscriber, int count) throws IOException {
        long begin = System.nanoTime();
        publisher.sendRaw(messages(count));
        for (int i = 0; i < count; i++) {
            assertThat(subscriber.receive(Publish.class).message().payload().asUtf8())
                    .isEqualTo("m" + i);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private WireClient subscriber() throws IOException {
        WireClient subscriber = broker.connect("subscriber");
        subscriber.subscribe("t", Qos.AT_MOST_ONCE);
        return subscriber;
    }

    @Test
    void slowsAClientDownThatIsTooFastAndLosesNothing() throws Exception {
        restart(clients(new RatesConfig(Rate.UNLIMITED, perSecond(40), Rate.UNLIMITED)));
        WireClient subscriber = subscriber();
        WireClient publisher = broker.connect("publisher");

        // 40 at once, and 60 that take a second and a half.
        assertThat(through(publisher, subscriber, 100)).isGreaterThan(Duration.ofMillis(1_300));
        publisher.ping();
        assertThat(broker.core.dispatcher().guard().report().messagesRefused()).isZero();
    }

    @Test
    void slowsAClientDownThatSendsTooManyBytes() throws Exception {
        restart(clients(new RatesConfig(Rate.UNLIMITED, Rate.UNLIMITED, perSecond(messages(50).length))));

        assertThat(through(broker.connect("publisher"), subscriber(), 100)).isGreaterThan(Duration.ofMillis(800));
    }

    @Test
    void keepsSilentAboutTheKeepAliveWhileItDoesNotListen() throws Exception {
        restart(clients(new RatesConfig(Rate.UNLIMITED, new Rate(1, Duration.ofSeconds(4), 0), Rate.UNLIMITED)));
        WireClient publisher = broker.open().connect("publisher", 1);

        // The first has a token, the second comes on credit, and before the third nothing is read for four seconds.
        assertThat(through(publisher, subscriber(), 3)).isGreaterThan(Duration.ofSeconds(3));
        assertThat(broker.connections()).isEqualTo(2);
    }

    @Test
    void letsGoOfAClientThatIsGoneWhileItWaits() throws Exception {
        restart(clients(new RatesConfig(Rate.UNLIMITED, new Rate(1, Duration.ofHours(1), 0), Rate.UNLIMITED)));
        WireClient publisher = broker.connect("publisher");
        publisher.sendRaw(messages(5));
        await().until(() -> broker.statistics().messagesReceived() == 2);
        publisher.close();

        assertThat(broker.core.broker().disconnect("publisher", ReasonCode.ADMINISTRATIVE_ACTION))
                .succeedsWithin(Duration.ofSeconds(10));
        await().until(() -> broker.statistics().connections() == 0);
    }

    @Test
    void putsOtherRatesIntoForceForConnectionsThatExist() throws Exception {
        WireClient subscriber = subscriber();
        WireClient publisher = broker.connect("publisher");
        through(publisher, subscriber, 100);

        broker.guard(clients(new RatesConfig(Rate.UNLIMITED, perSecond(40), Rate.UNLIMITED)));

        publisher.ping();
        assertThat(through(publisher, subscriber, 100)).isGreaterThan(Duration.ofMillis(1_300));
        broker.guard(GuardConfig.DEFAULT);
        publisher.ping();
        through(publisher, subscriber, 2_000);
    }

    private static boolean isClosed(WireClient client) {
        try {
            return client.receive() == null;
        } catch (IOException reset) {
            return true;
        }
    }

    private boolean isLetIn(String clientId) {
        try {
            broker.connect(clientId);
            return true;
        } catch (IOException | NullPointerException closed) {
            return false;
        }
    }

    @Test
    void closesConnectionsBeyondTheNumberOfAllListenersTogether() throws Exception {
        restart(connections(3, RatesConfig.UNLIMITED, RatesConfig.UNLIMITED));
        WireClient first = broker.connect("c0");
        broker.connect("c1");
        broker.connect("c2");
        assertThat(isLetIn("c3")).isFalse();
        first.close();

        await().until(() -> isLetIn("c4"));
        assertThat(broker.core.dispatcher().guard().report().connectionsTooMany())
                .isPositive();
    }

    @Test
    void closesConnectionsThatComeTooFast() {
        RatesConfig three = new RatesConfig(new Rate(3, Duration.ofHours(1), 0), Rate.UNLIMITED, Rate.UNLIMITED);
        for (GuardConfig config : List.of(
                connections(1_000, three, RatesConfig.UNLIMITED), connections(1_000, RatesConfig.UNLIMITED, three))) {
            restart(config);
            assertThat(List.of(isLetIn("c0"), isLetIn("c1"), isLetIn("c2"), isLetIn("c3")))
                    .containsExactly(true, true, true, false);
            assertThat(broker.core.dispatcher().guard().report().connectionsTooFast())
                    .isEqualTo(1);
        }
    }

    @Test
    void whoeverIsKeptAwayTakesNothingFromTheRateOfAll() throws Exception {
        RatesConfig three = new RatesConfig(new Rate(3, Duration.ofHours(1), 0), Rate.UNLIMITED, Rate.UNLIMITED);
        restart(connections(1_000, RatesConfig.UNLIMITED, three));
        broker.core.dispatcher().guard().administration().add("address", "127.0.0.2", "ada", "", null);
        for (int i = 0; i < 5; i++) {
            try (Socket keptAway = new Socket()) {
                keptAway.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.2"), 0));
                keptAway.setSoTimeout(20_000);
                keptAway.connect(broker.address());
                assertThat(keptAway.getInputStream().read()).isNegative();
            }
        }

        assertThat(List.of(isLetIn("c0"), isLetIn("c1"), isLetIn("c2"), isLetIn("c3")))
                .containsExactly(true, true, true, false);
    }

    @Test
    void countsAWebSocketOnceAgainstTheRateOfItsAddress() throws Exception {
        RatesConfig three = new RatesConfig(new Rate(3, Duration.ofHours(1), 0), Rate.UNLIMITED, Rate.UNLIMITED);
        broker.close();
        broker = new NetworkBroker(
                connections(1_000, three, RatesConfig.UNLIMITED),
                ListenerConfig.of(ListenerKind.WS, "ws.test", "127.0.0.1", 0, 1_000));

        for (int i = 0; i < 3; i++) {
            WebSocketClient.connect(broker.address(), "c" + i, 0).close();
        }
        try (WebSocketClient tooFast = new WebSocketClient(broker.address())) {
            assertThat(tooFast.handshake(WebSocketClient.REQUEST)).isEmpty();
        }
    }

    @Test
    void closesConnectionsOfABannedAddressBeforeAnythingIsRead() throws Exception {
        WireClient before = broker.connect("before");
        assertThat(broker.core.dispatcher().guard().administration().add("address", "127.0.0.0/8", "ada", "", null))
                .isInstanceOf(BanOutcome.Done.class);

        assertThat(before.receive(Disconnect.class).reason()).isEqualTo(ReasonCode.ADMINISTRATIVE_ACTION);
        try (WireClient silent = broker.open()) {
            assertThat(isClosed(silent)).isTrue();
        }
        assertThat(broker.core.dispatcher().guard().report().connectionsBanned())
                .isEqualTo(1);
        assertThat(broker.statistics().connectsRefused()).isZero();
    }

    @Test
    void keepsAStrangerAwayWhoComesAndGoes() throws Exception {
        restart(new GuardConfig(
                1_000,
                RatesConfig.UNLIMITED,
                RatesConfig.UNLIMITED,
                RatesConfig.UNLIMITED,
                Duration.ofSeconds(10),
                new FlappingConfig(true, 3, Duration.ofHours(1), Duration.ofHours(1), List.of())));
        for (int i = 0; i < 3; i++) {
            WireClient stranger = broker.open();
            stranger.sendRaw(new byte[] {0, 0});
            assertThat(isClosed(stranger)).isTrue();
            stranger.close();
        }

        await().until(() -> broker.core.dispatcher().guard().report().flappingBans() == 1);
        assertThat(isLetIn("lamp")).isFalse();
    }
}

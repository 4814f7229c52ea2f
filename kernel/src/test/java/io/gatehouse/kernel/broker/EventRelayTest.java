package io.gatehouse.kernel.broker;

import static io.gatehouse.kernel.fakes.Messages.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.FixedPlugins;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventRelayTest {
    private static final int MOST = 10_000;
    private static final Client CLIENT = new Client(
            "c",
            null,
            MqttVersion.V5,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
            "tcp.test",
            List.of(),
            Map.of(),
            false);

    private final FixedPlugins plugins = new FixedPlugins();
    private final EventRelay relay = new EventRelay(plugins);
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private void publish(int number) {
        relay.published(CLIENT, message("a", "" + number, Qos.AT_MOST_ONCE));
    }

    private final class Slow implements MessageListener {
        final CountDownLatch called = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void published(Client publisher, Message message) {
            called.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add(message.payload().asUtf8());
        }
    }

    @Test
    void keepsTheOrderAndLosesWhatDoesNotFit() {
        Slow slow = new Slow();
        plugins.listener(slow);
        int events = MOST + 500;
        IntStream.range(0, events).forEach(this::publish);

        slow.goOn.countDown();

        await().until(() -> heard.size() == MOST);
        assertThat(heard)
                .containsExactlyElementsOf(
                        IntStream.range(0, MOST).mapToObj(Integer::toString).toList());
        assertThat(plugins.current().messageListeners().getFirst().meter().failures())
                .isEqualTo(500);
        publish(-1);
        await().until(() -> heard.contains("-1"));
        await().until(() -> plugins.leases() == 0);
    }

    /** Messages live as long as somebody is still to hear of them. */
    @Test
    void holdsNoMoreBytesOfMessagesThanItMay() {
        Slow slow = new Slow();
        plugins.listener(slow);
        String large = "x".repeat(8 << 20);
        for (int i = 0; i < 20; i++) {
            relay.published(CLIENT, message("a", large, Qos.AT_MOST_ONCE));
        }
        publish(1);

        slow.goOn.countDown();

        await().until(() -> heard.contains("1"));
        assertThat(heard).hasSize(8); // seven of more than 8 MiB in 64 MiB, and the small one
        assertThat(plugins.current().messageListeners().getFirst().meter().failures())
                .isEqualTo(13);
    }

    @Test
    void tellsOfAMessageThatIsLargerThanAllThatMayWait() {
        Slow slow = new Slow();
        slow.goOn.countDown();
        plugins.listener(slow);

        relay.published(CLIENT, message("a", "x".repeat(65 << 20), Qos.AT_MOST_ONCE));

        await().until(() -> heard.size() == 1);
    }

    @Test
    void goesOnAfterAListenerThatThrows() {
        plugins.listener(new MessageListener() {
            @Override
            public void published(Client publisher, Message message) {
                if (message.payload().asUtf8().equals("0")) {
                    throw new StackOverflowError();
                }
                heard.add(message.payload().asUtf8());
            }
        });

        publish(0);
        publish(1);

        await().until(() -> heard.contains("1"));
        assertThat(plugins.current().messageListeners().getFirst().meter().failures())
                .isEqualTo(1);
    }

    @Test
    void callsNobodyWhoHasBeenWithdrawn() throws InterruptedException {
        Slow withdrawn = new Slow();
        plugins.listener(withdrawn);
        publish(0);
        withdrawn.called.await();
        publish(1);
        plugins.listener(new MessageListener() {
            @Override
            public void published(Client publisher, Message message) {
                heard.add("new " + message.payload().asUtf8());
            }
        });

        withdrawn.goOn.countDown();

        await().until(() -> heard.size() == 2);
        assertThat(heard).containsExactly("0", "new 1");
    }
}

package io.gatehouse.kernel.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a message for many subscribers costs in memory, counted by the virtual machine for this thread: no allocation for each
 * subscriber beyond a few words. From the bytes of the PUBLISH to the bytes for each subscriber, and with QoS 1 the acknowledgements too.
 *
 * <p>The bounds hold for interpreted code; they are not times, so a busy machine does not move them.
 */
class FanOutAllocationTest {
    private static final int SUBSCRIBERS = 200;
    private static final int WARM_UP = 50;
    private static final int ROUNDS = 10;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final EmbeddedBroker broker = new EmbeddedBroker(List.of(), List.of());

    @ParameterizedTest
    @CsvSource({"V3_1_1, 0, 150", "V5, 0, 150", "V3_1_1, 1, 450", "V5, 1, 450"})
    void allocatesAFewWordsForEachSubscriber(MqttVersion version, int qos, int bound) {
        List<EmbeddedClient> subscribers = subscribers(version, Qos.of(qos));
        EmbeddedClient publisher = broker.connect(version, "publisher");
        Message message =
                Message.of("all/of/them", Payload.ofOwned(new byte[256])).withQos(Qos.of(qos));
        byte[] bytes = publisher.publishBytes(message, 1);
        measure(publisher, subscribers, bytes, WARM_UP);

        long allocated = measure(publisher, subscribers, bytes, ROUNDS);

        assertThat(subscribers)
                .allSatisfy(subscriber -> assertThat(subscriber.messages()).isEqualTo(WARM_UP + ROUNDS));
        assertThat(allocated / SUBSCRIBERS).as("bytes for each delivery").isLessThanOrEqualTo(bound);
    }

    /** One message for one subscriber: all that is made between the socket and the socket. */
    @ParameterizedTest
    @CsvSource({"V3_1_1, 0, 1100", "V5, 0, 1100", "V3_1_1, 1, 1500", "V5, 1, 1500"})
    void allocatesLittleForOneMessage(MqttVersion version, int qos, int bound) {
        List<EmbeddedClient> subscriber = List.of(broker.connect(version, "subscriber"));
        subscriber.getFirst().subscribe("a/topic", Qos.of(qos));
        EmbeddedClient publisher = broker.connect(version, "publisher");
        Message message = Message.of("a/topic", Payload.ofOwned(new byte[256])).withQos(Qos.of(qos));
        byte[] bytes = publisher.publishBytes(message, 1);
        measure(publisher, subscriber, bytes, WARM_UP);

        assertThat(measure(publisher, subscriber, bytes, ROUNDS))
                .as("bytes for each message")
                .isLessThanOrEqualTo(bound);
    }

    /** Otherwise the bounds above would prove nothing. */
    @Test
    void seesWhatIsAllocated() {
        long before = threads.getCurrentThreadAllocatedBytes();
        byte[] some = new byte[100_000];
        long after = threads.getCurrentThreadAllocatedBytes();

        assertThat(after - before).isGreaterThanOrEqualTo(some.length);
    }

    private List<EmbeddedClient> subscribers(MqttVersion version, Qos qos) {
        List<EmbeddedClient> subscribers = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            EmbeddedClient subscriber = broker.connect(version, "subscriber-" + i);
            subscriber.subscribe("all/#", qos);
            subscribers.add(subscriber);
        }
        return subscribers;
    }

    /** The bytes allocated for one message, in the best of so many rounds: something else may happen to fall into one. */
    private long measure(EmbeddedClient publisher, List<EmbeddedClient> subscribers, byte[] bytes, int rounds) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < rounds; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            publisher.send(bytes);
            broker.run();
            for (int i = 0; i < subscribers.size(); i++) {
                subscribers.get(i).acknowledge();
            }
            broker.run();
            best = Math.min(best, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return best;
    }
}

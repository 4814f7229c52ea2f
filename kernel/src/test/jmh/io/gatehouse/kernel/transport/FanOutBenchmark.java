package io.gatehouse.kernel.transport;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message for five hundred subscribers: the cost of one delivery, from socket to socket without the sockets. With QoS 1 each
 * subscriber acknowledges.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FanOutBenchmark {
    private static final int SUBSCRIBERS = 500;

    @Param({"EMPTY", "DELIVERY"})
    public Chains chains;

    @Param({"V3_1_1", "V5"})
    public MqttVersion version;

    @Param({"0", "1"})
    public int qos;

    private final List<EmbeddedClient> subscribers = new ArrayList<>();
    private EmbeddedBroker broker;
    private EmbeddedClient publisher;
    private byte[] arriving;

    @Setup
    public void prepare() {
        broker = chains.broker();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            EmbeddedClient subscriber = broker.connect(version, "subscriber-" + i);
            subscriber.subscribe("news", Qos.of(qos));
            subscribers.add(subscriber);
        }
        publisher = broker.connect(version, "publisher");
        Message message = Message.of("news", Payload.ofOwned(new byte[256]));
        arriving = publisher.publishBytes(message.withQos(Qos.of(qos)), 1);
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public int publish() {
        publisher.send(arriving);
        broker.run();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            subscribers.get(i).acknowledge();
        }
        broker.run();
        return subscribers.getFirst().messages();
    }
}

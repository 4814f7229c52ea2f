package io.gatehouse.kernel.transport;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
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
 * One publisher, one subscriber, 256 bytes: everything between two sockets, without the sockets. Bytes of PUBLISH in, decoder, gates,
 * router, session, encoder, flush; with QoS 1 both acknowledgements. Messages arrive sixteen at a time, as they do under load.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PairBenchmark {
    private static final int BATCH = 16;

    @Param
    public Chains chains;

    @Param({"V3_1_1", "V5"})
    public MqttVersion version;

    @Param({"0", "1"})
    public int qos;

    private EmbeddedBroker broker;
    private EmbeddedClient publisher;
    private EmbeddedClient subscriber;
    private byte[] arriving;

    @Setup
    public void prepare() {
        broker = chains.broker();
        subscriber = broker.connect(version, "subscriber");
        subscriber.subscribe("site/7/device-0042/temperature", Qos.of(qos));
        publisher = broker.connect(version, "publisher");
        Message message = Message.of("site/7/device-0042/temperature", Payload.ofOwned(new byte[256]));
        arriving = publisher.publishBytes(message.withQos(Qos.of(qos)), BATCH);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int publish() {
        int before = subscriber.messages();
        publisher.send(arriving);
        broker.run();
        subscriber.acknowledge();
        broker.run();
        if (subscriber.messages() - before != BATCH) {
            throw new IllegalStateException("delivered " + (subscriber.messages() - before));
        }
        return before;
    }
}

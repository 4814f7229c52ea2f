package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A PUBLISH encoded once for a fan-out, and what it costs to copy it for one more subscriber. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FrameBenchmark {
    @Param({"PUBLISH_3_QOS0", "PUBLISH_3_QOS1", "PUBLISH_5_PROPERTIES"})
    public Samples sample;

    private Message message;
    private PublishFrame frame;
    private ByteBuf out;
    private int packetId;

    @Setup
    public void prepare() {
        message = ((Publish) sample.packet).message();
        frame = make();
        out = Unpooled.directBuffer(4_096);
    }

    @Benchmark
    public PublishFrame make() {
        return PublishFrame.of(
                sample.version, message, message.qos(), false, MessageProperties.NO_EXPIRY, List.of());
    }

    @Benchmark
    public ByteBuf write() {
        out.clear();
        packetId = packetId == 65_535 ? 1 : packetId + 1;
        frame.writeTo(out, packetId, false);
        return out;
    }
}

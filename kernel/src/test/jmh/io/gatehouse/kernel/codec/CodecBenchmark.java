package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.packet.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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

/** Bytes to packet and back, in direct buffers as the transport has them. CONNECT is read by a new decoder, as each connection has one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CodecBenchmark {
    @Param
    public Samples sample;

    private ByteBuf in;
    private ByteBuf out;
    private PacketDecoder decoder;

    @Setup
    public void prepare() {
        in = sample.bytes();
        out = Unpooled.directBuffer(4_096);
        decoder = newDecoder();
    }

    private PacketDecoder newDecoder() {
        PacketDecoder fresh = new PacketDecoder(1 << 20);
        fresh.version(sample.version);
        return fresh;
    }

    @Benchmark
    public Packet decode() throws MalformedPacket {
        in.readerIndex(0);
        boolean connect = sample == Samples.CONNECT_3 || sample == Samples.CONNECT_5;
        return (connect ? newDecoder() : decoder).decode(in);
    }

    @Benchmark
    public ByteBuf encode() {
        out.clear();
        PacketEncoder.encode(sample.packet, sample.version, Integer.MAX_VALUE, out);
        return out;
    }
}

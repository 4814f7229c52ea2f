package io.gatehouse.kernel.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.kernel.codec.HexText;
import io.gatehouse.kernel.fuzz.Corpus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed corpus is replayed as it is, cut at every place and with bytes changed; Netty's decoder is a second opinion. */
class FrameDecoderTest {
    private static final int LARGEST = 70_000;

    /** What came of some bytes. */
    private record Outcome(ByteBuffer payload, ByteBuffer lastPing, int code, boolean byClient) {}

    private static Outcome decode(byte[] input, int... cuts) {
        FrameDecoder decoder = new FrameDecoder(LARGEST);
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        byte[] ping = {};
        int from = 0;
        for (int i = 0; i <= cuts.length; i++) {
            int to = i < cuts.length ? cuts[i] : input.length;
            // Something before and behind: the decoder has to keep to what is readable.
            ByteBuf part = Unpooled.buffer()
                    .writeZero(3)
                    .writeBytes(input, from, to - from)
                    .skipBytes(3);
            decoder.decode(part);
            payload.writeBytes(ByteBufUtil.getBytes(part));
            byte[] taken = decoder.takePing();
            ping = taken == null ? ping : taken;
            from = to;
        }
        FrameDecoder.End end = decoder.end();
        return new Outcome(
                ByteBuffer.wrap(payload.toByteArray()),
                ByteBuffer.wrap(ping),
                end == null ? 0 : end.code(),
                end != null && end.byClient());
    }

    private static ByteBuffer bytes(int... bytes) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length);
        for (int one : bytes) {
            buffer.put((byte) one);
        }
        return buffer.flip();
    }

    private static Outcome hex(String text) {
        return decode(HexText.bytes(text));
    }

    @Test
    void passesOnWhatBinaryFramesCarry() {
        assertThat(hex("82 82 01020304 c1 02  82 80 00000000  82 83 00000000 010203"))
                .isEqualTo(new Outcome(bytes(0xc0, 0, 1, 2, 3), bytes(), 0, false));
    }

    @Test
    void passesOnAFrameBeforeItIsComplete() {
        assertThat(hex("82 ff 0000000000010000 00000000 010203").payload()).isEqualTo(bytes(1, 2, 3));
    }

    @Test
    void takesAMessageInParts() {
        Outcome outcome = hex("02 81 00000000 01  89 82 00000000 0a0b  00 80 00000000  80 81 00000000 02");

        assertThat(outcome).isEqualTo(new Outcome(bytes(1, 2), bytes(10, 11), 0, false));
    }

    @ParameterizedTest
    @CsvSource({
        "81 81 00000000 61,1003", // text
        "81,1003", // and that before the rest has come
        "82 01 61,1002", // no mask
        "c2 80 00000000,1002", // reserved bits
        "a2 80 00000000,1002",
        "92 80 00000000,1002",
        "83 80 00000000,1002", // reserved opcodes
        "87 80 00000000,1002",
        "8b 80 00000000,1002",
        "80 80 00000000,1002", // a continuation of nothing
        "82 80 00000000 80 80 00000000,1002",
        "02 80 00000000 82 80 00000000,1002", // a message within another
        "09 80 00000000,1002", // a control frame in parts
        "89 fe 007e 00000000,1002", // a long control frame
        "82 fe 007d,1002", // a length not in its shortest form
        "82 ff 000000000000ffff,1002",
        "82 ff 8000000000000000,1002",
        "88 81 00000000 03,1002", // half a close code
        "88 82 00000000 03ed,1002", // 1005 is never sent
        "88 82 00000000 0000,1002",
        "88 82 00000000 1388,1002", // 5000
        "88 83 00000000 03e8 ff,1007", // no UTF-8
        "82 ff 0000000000011171,1009", // one byte too large
        "02 fe ffff 00000000,0"
    })
    void endsAConnectionThatBreaksARule(String bytes, int code) {
        Outcome outcome = hex(bytes);

        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.byClient()).isFalse();
    }

    @Test
    void boundsAMessageWhateverPartsItHas() {
        byte[] first = Frames.masked(Frames.BINARY, new byte[LARGEST - 2]);
        byte[] nothing = Frames.masked(Frames.CONTINUATION);

        assertThat(decode(concat(first, nothing, nothing)).code()).isZero();
        assertThat(decode(concat(first, nothing, nothing, nothing)).code()).isEqualTo(CloseCode.TOO_BIG);
        assertThat(decode(concat(first, Frames.masked(Frames.CONTINUATION | Frames.FIN, new byte[2]), first))
                        .code())
                .isZero();
        assertThat(decode(concat(first, Frames.masked(Frames.CONTINUATION | Frames.FIN, new byte[3])))
                        .code())
                .isEqualTo(CloseCode.TOO_BIG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"88 80 00000000,1005", "88 82 00000000 03e8,1000", "88 85 00000000 0bb8 'bye',3000"})
    void endsWhenTheClientWantsItAndReadsNothingMore(String frameAndCode) {
        String[] parts = frameAndCode.split(",", -1);

        assertThat(hex("82 81 00000000 01 " + parts[0] + " 82 81 00000000 02"))
                .isEqualTo(new Outcome(bytes(1), bytes(), Integer.parseInt(parts[1]), true));
    }

    // ---- anything

    static Stream<Path> corpus() {
        return Corpus.files(FrameDecoderTest.class);
    }

    static Stream<byte[]> seeds() {
        return Corpus.inputs(FrameDecoderTest.class);
    }

    @MethodSource("seeds")
    @FuzzTest // Jazzer wants to be the last annotation
    void anyBytes(byte[] input) {
        check(input);
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void replaysTheCorpus(Path file) {
        byte[] input = Corpus.read(file);
        check(input);
        Random random = new Random(input.length);
        for (int round = 0; round < 200; round++) {
            byte[] changed = input.clone();
            changed[random.nextInt(input.length)] = (byte) random.nextInt();
            changed[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
            check(changed);
        }
    }

    /** However the bytes are cut, the same comes of them, and never more than arrived. */
    private static void check(byte[] input) {
        Outcome whole = decode(input);
        same(whole.payload().remaining() + whole.lastPing().remaining() <= input.length, input);
        for (int cut = 0; cut < Math.min(input.length, 200); cut++) {
            same(decode(input, cut).equals(whole), input);
        }
        int[] everywhere = new int[input.length];
        Arrays.setAll(everywhere, i -> i);
        same(decode(input, everywhere).equals(whole), input);
    }

    /** As an assertion, but quick: this is asked a hundred thousand times. */
    private static void same(boolean holds, byte[] input) {
        if (!holds) {
            throw new AssertionError("another outcome of " + ByteBufUtil.hexDump(input));
        }
    }

    // ---- a second opinion

    @Test
    void agreesWithNetty() {
        Random random = new Random(6455);
        for (int round = 0; round < 400; round++) {
            byte[] frames = frames(random);
            int[] cuts = random.ints(random.nextInt(6), 0, frames.length + 1)
                    .sorted()
                    .toArray();

            assertThat(decode(frames, cuts)).isEqualTo(netty(frames));
        }
    }

    private static byte[] frames(Random random) {
        List<byte[]> frames = new ArrayList<>();
        boolean within = false;
        for (int i = random.nextInt(8); i >= 0; i--) {
            if (random.nextInt(4) == 0) {
                frames.add(frame(random, Frames.FIN | (random.nextBoolean() ? Frames.PING : Frames.PONG), 126));
            } else {
                boolean last = random.nextBoolean();
                int opcode = within ? Frames.CONTINUATION : Frames.BINARY;
                frames.add(frame(random, opcode | (last ? Frames.FIN : 0), random.nextInt(10) == 0 ? 5_000 : 200));
                within = !last;
            }
        }
        return concat(frames.toArray(byte[][]::new));
    }

    private static byte[] frame(Random random, int firstByte, int bound) {
        byte[] payload = new byte[random.nextInt(bound)];
        random.nextBytes(payload);
        return Frames.masked(firstByte, random.nextInt(), payload);
    }

    private static Outcome netty(byte[] frames) {
        EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(LARGEST)
                .allowExtensions(false)
                .build()));
        channel.writeInbound(Unpooled.wrappedBuffer(frames));
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        byte[] ping = {};
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            byte[] content = ByteBufUtil.getBytes(frame.content());
            if (frame instanceof PingWebSocketFrame) {
                ping = content;
            } else if (!(frame instanceof PongWebSocketFrame)) {
                payload.writeBytes(content);
            }
            frame.release();
        }
        channel.finishAndReleaseAll();
        return new Outcome(ByteBuffer.wrap(payload.toByteArray()), ByteBuffer.wrap(ping), 0, false);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}

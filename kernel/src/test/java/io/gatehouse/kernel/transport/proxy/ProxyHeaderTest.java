package io.gatehouse.kernel.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.kernel.codec.HexText;
import io.gatehouse.kernel.fuzz.Corpus;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed corpus is replayed as it is, cut off at every place and with bytes changed. */
class ProxyHeaderTest {
    private static final int LONGEST_TEXT = 107;
    private static final int LARGEST = 16 + 4_096;

    /** The signature of version 2. */
    private static final String V2 = "0d0a0d0a000d0a515549540a ";

    private static ByteBuf text(String line) {
        return Unpooled.copiedBuffer(line, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf hex(String bytes) {
        return Unpooled.wrappedBuffer(HexText.bytes(bytes));
    }

    private static InetSocketAddress at(String literal, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    }

    // ---- version 1

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883,192.0.2.1,56324",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535,255.255.255.255,65535",
        "PROXY TCP6 2001:db8::1 2001:db8::2 0 1883,2001:db8::1,0",
        "PROXY TCP6 ::ffff:192.0.2.1 ::1 1 1883,192.0.2.1,1"
    })
    void readsALine(String line, String address, int port) {
        ByteBuf in = text(line + "\r\nrest");

        assertThat(ProxyHeader.read(in)).isEqualTo(new ProxyHeader.Source(at(address, port)));
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN", "PROXY UNKNOWN ", "PROXY UNKNOWN ffff::1 ffff::2 65535 65535"})
    void takesAProxyThatDoesNotKnow(String line) {
        ByteBuf in = text(line + "\r\nrest");

        assertThat(ProxyHeader.read(in)).isInstanceOf(ProxyHeader.Unnamed.class);
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 1883 \r\n",
                "PROXY  TCP4 192.0.2.1 198.51.100.2 56324 1883\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 65536\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 056324 1883\r\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 -1 1883\r\n",
                "PROXY TCP4 192.0.2.01 198.51.100.2 1 1883\r\n",
                "PROXY TCP4 192.0.2 198.51.100.2 1 1883\r\n",
                "PROXY TCP4 ::1 ::1 1 1883\r\n",
                "PROXY TCP4 192.0.2.1 localhost 1 1883\r\n",
                "PROXY TCP6 192.0.2.1 198.51.100.2 1 1883\r\n",
                "PROXY TCP6 fe80::1%1 ::1 1 1883\r\n",
                "PROXY TCP6 ::g ::1 1 1883\r\n",
                "PROXY UDP4 192.0.2.1 198.51.100.2 1 1883\r\n",
                "PROXY UNKNOWNS\r\n",
                "PROXY \r\n",
                "PROXY\t",
                "proxy tcp4",
                "\u0010"
            })
    void refusesALineThatIsNone(String line) {
        assertThat(ProxyHeader.read(text(line))).isInstanceOf(ProxyHeader.Malformed.class);
    }

    @Test
    void refusesALineWithoutAnEnd() {
        String endless = "PROXY UNKNOWN " + "x".repeat(200);

        assertThat(ProxyHeader.read(text(endless.substring(0, LONGEST_TEXT - 1))))
                .isInstanceOf(ProxyHeader.Incomplete.class);
        assertThat(ProxyHeader.read(text(endless.substring(0, LONGEST_TEXT))))
                .isInstanceOf(ProxyHeader.Malformed.class);
        assertThat(ProxyHeader.read(text(endless + "\r\n"))).isInstanceOf(ProxyHeader.Malformed.class);
    }

    // ---- version 2

    @ParameterizedTest
    @CsvSource({
        // version and command, family, length; source, destination, ports; additions
        "21 11 000c  c0000201 c6336402 dc04 075b,192.0.2.1,56324",
        "21 11 0011  c0000201 c6336402 dc04 075b  04 0002 abcd,192.0.2.1,56324",
        "21 21 0024  20010db8000000000000000000000001 20010db8000000000000000000000002 0001 075b,2001:db8::1,1",
        "21 21 0024  00000000000000000000ffffc0000201 00000000000000000000000000000001 0001 075b,192.0.2.1,1"
    })
    void readsAddresses(String bytes, String address, int port) {
        ByteBuf in = hex(V2 + bytes + " 'rest'");

        assertThat(ProxyHeader.read(in)).isEqualTo(new ProxyHeader.Source(at(address, port)));
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 00 0000", // LOCAL
                "20 99 0003 abcdef", // LOCAL, whatever else it says
                "21 00 0000", // PROXY, unspecified
                "21 00 0002 abcd"
            })
    void takesAProxyThatSpeaksForItself(String bytes) {
        ByteBuf in = hex(V2 + bytes + " 'rest'");

        assertThat(ProxyHeader.read(in)).isInstanceOf(ProxyHeader.Unnamed.class);
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000c c0000201 c6336402 dc04 075b", // version 1
                "22 11 000c c0000201 c6336402 dc04 075b", // no such command
                "21 12 000c c0000201 c6336402 dc04 075b", // UDP
                "21 01 000c c0000201 c6336402 dc04 075b",
                "21 41 000c c0000201 c6336402 dc04 075b",
                "21 11 000b c0000201 c6336402 dc04 07", // too short for its family
                "21 21 000c c0000201 c6336402 dc04 075b",
                "21 11 1001", // 4,097 bytes: refused before they come
                "20 00 ffff"
            })
    void refusesWhatIsNoHeader(String bytes) {
        assertThat(ProxyHeader.read(hex(V2 + bytes))).isInstanceOf(ProxyHeader.Malformed.class);
    }

    // ---- anything

    static Stream<Path> corpus() {
        return Corpus.files(ProxyHeaderTest.class);
    }

    static Stream<byte[]> seeds() {
        return Corpus.inputs(ProxyHeaderTest.class);
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
        for (int length = 0; length < input.length; length++) {
            check(Arrays.copyOf(input, length));
        }
        Random random = new Random(input.length);
        for (int round = 0; round < 200; round++) {
            byte[] changed = input.clone();
            changed[random.nextInt(input.length)] = (byte) random.nextInt();
            changed[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
            check(changed);
        }
    }

    /** However the bytes are cut, the outcome is the same; it comes early; and nothing is consumed before it. */
    private static void check(byte[] input) {
        ProxyHeader whole = ProxyHeader.read(Unpooled.wrappedBuffer(input));
        boolean waits = whole instanceof ProxyHeader.Incomplete;
        same(!waits || input.length < LARGEST, input);
        for (int length = 0; length <= input.length; length++) {
            ByteBuf part = Unpooled.wrappedBuffer(input, 0, length);
            ProxyHeader header = ProxyHeader.read(part);
            if (header instanceof ProxyHeader.Incomplete || header instanceof ProxyHeader.Malformed) {
                same(part.readerIndex() == 0, input);
            }
            if (!(header instanceof ProxyHeader.Incomplete)) {
                same(header.getClass().equals(whole.getClass()), input);
                return;
            }
        }
        same(waits, input);
    }

    /** As an assertion, but quick: this is asked a hundred thousand times. */
    private static void same(boolean holds, byte[] input) {
        if (!holds) {
            throw new AssertionError("another outcome of " + ByteBufUtil.hexDump(input));
        }
    }
}

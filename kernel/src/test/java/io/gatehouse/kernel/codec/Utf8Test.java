package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.codec.Utf8.Scan;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8Test {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "c3 a9", // e with acute
                "c2 80", // the first of two bytes
                "df bf", // the last of two bytes
                "e0 a0 80", // the first of three bytes
                "ed 9f bf", // the last before the surrogates
                "ee 80 80", // the first after them
                "ef bb bf", // the byte order mark, which is kept
                "ef bf bf", // the non-character U+FFFF
                "f0 90 80 80", // the first of four bytes
                "f4 8f bf bf", // U+10FFFF
                "01 1f 7f", // control characters
                "c2 80 c2 9f" // more of them
            })
    void acceptsWellFormedText(String hex) throws MalformedPacket {
        byte[] bytes = HexText.bytes(hex);
        String expected = new String(bytes, StandardCharsets.UTF_8);
        String packet = "30 %02x 00 %02x ".formatted(bytes.length + 2, bytes.length) + hex;
        for (MqttVersion version : new MqttVersion[] {MqttVersion.V3_1, MqttVersion.V3_1_1}) {
            Publish publish = (Publish) Wire.fromClient(version, packet);
            assertThat(publish.message().topic()).isEqualTo(expected);
            assertThat(Wire.encode(publish, version)).isEqualTo(Wire.hex(packet));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00", // U+0000
                "c0 80", // U+0000, overlong
                "c1 bf", // overlong
                "e0 80 80", // overlong
                "e0 9f bf", // overlong
                "f0 80 80 80", // overlong
                "f0 8f bf bf", // overlong
                "ed a0 80", // the surrogate U+D800
                "ed bf bf", // the surrogate U+DFFF
                "ed a0 bd ed b8 80", // a surrogate pair, as modified UTF-8 has it
                "f4 90 80 80", // beyond U+10FFFF
                "f5 80 80 80", // no such lead
                "f8 88 80 80 80", // no such lead
                "fe",
                "ff", // no such lead
                "80",
                "bf", // a continuation without lead
                "c3",
                "c3 28", // a lead without continuation
                "e2 82",
                "e2 28 a1",
                "e2 82 28", // three bytes cut off or broken
                "f0 9f 98",
                "f0 28 8c bc",
                "f0 90 28 bc",
                "f0 90 8c 28" // four bytes cut off or broken
            })
    void refusesTextThatIsNotWellFormed(String hex) {
        for (String before : new String[] {"", "'a'", "'exactly8'", "'longer than eight'"}) {
            for (String after : new String[] {"", "'z'", "'exactly8'"}) {
                byte[] bytes = HexText.bytes(before + hex + after);
                String packet = "30 %02x 00 %02x ".formatted(bytes.length + 2, bytes.length) + Wire.hex(bytes);
                assertThat(Wire.refusalFromClient(MqttVersion.V3_1_1, packet)).isEqualTo(ReasonCode.MALFORMED_PACKET);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7, 8, 11, 15, 16, 17})
    void findsNulAnywhere(int at) {
        byte[] bytes = "an ASCII text with 26 bytes".getBytes(StandardCharsets.UTF_8);
        assertThat(scan(bytes)).isEqualTo(Scan.ASCII);
        bytes[at] = 0;
        assertThat(scan(bytes)).isEqualTo(Scan.NUL);
    }

    @Test
    void findsNulBehindCharactersOfSeveralBytes() {
        assertThat(scan("\u00e9a".getBytes(StandardCharsets.UTF_8))).isEqualTo(Scan.MULTIBYTE);
        assertThat(scan("\u00e9\u0000".getBytes(StandardCharsets.UTF_8))).isEqualTo(Scan.NUL);
    }

    /** The platform's own strict decoder is the second opinion. */
    @Test
    void agreesWithThePlatformOnRandomBytes() {
        Random random = new Random(1);
        int wellFormed = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = randomBytes(random);
            boolean platform = platformAccepts(bytes);
            Scan scan = scan(bytes);
            assertThat(scan == Scan.ASCII || scan == Scan.MULTIBYTE)
                    .as(Wire.hex(bytes))
                    .isEqualTo(platform);
            wellFormed += platform ? 1 : 0;
        }
        assertThat(wellFormed).as("both outcomes were tried").isBetween(1_000, 49_000);
    }

    /** Bytes near the bounds of the tables, for uniform ones are hardly ever well-formed. */
    private static byte[] randomBytes(Random random) {
        int[] bounds = {0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4};
        byte[] bytes = new byte[random.nextInt(1, 6)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) bounds[random.nextInt(bounds.length)];
        }
        return bytes;
    }

    private static boolean platformAccepts(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException refused) {
            return false;
        }
    }

    private static Scan scan(byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        return Utf8.scan(in, 0, bytes.length);
    }
}

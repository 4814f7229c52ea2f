package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameScannerTest {
    private final FrameScanner scanner = new FrameScanner(200);

    @Test
    void findsPacketsOneAfterTheOther() throws Exception {
        // PINGRESP, PUBACK 0x1234 with reason 0x87, PUBACK 7
        ByteBuf in = bytes("d000 40031234 87 40020007");
        assertThat(scanner.next(in)).isTrue();
        assertThat(scanner.type()).isEqualTo(13);
        assertThat(scanner.next(in)).isTrue();
        scanner.readAcknowledgement(in);
        assertThat(scanner.packetId()).isEqualTo(0x1234);
        assertThat(scanner.reason(in)).isEqualTo(0x87);
        assertThat(scanner.next(in)).isTrue();
        scanner.readAcknowledgement(in);
        assertThat(scanner.packetId()).isEqualTo(7);
        assertThat(scanner.reason(in)).isZero();
        assertThat(scanner.next(in)).isFalse();
    }

    @Test
    void waitsForEveryByte() throws Exception {
        ByteBuf whole = bytes("32 0a 0001 61 0005 00 70617900");
        for (int length = 0; length < whole.readableBytes(); length++) {
            ByteBuf part = whole.slice(0, length);
            assertThat(scanner.next(part)).isFalse();
            assertThat(part.readerIndex()).isZero();
        }
    }

    @Test
    void readsPublishOfBothKinds() throws Exception {
        // topic "ab", packet identifier 5, one byte of payload
        ByteBuf old = bytes("32 07 0002 6162 0005 ff");
        assertThat(scanner.next(old)).isTrue();
        scanner.readPublish(old, false);
        assertThat(scanner.qos()).isEqualTo(1);
        assertThat(scanner.packetId()).isEqualTo(5);
        assertThat(scanner.payloadLength()).isEqualTo(1);
        assertThat(old.getUnsignedByte(scanner.payload())).isEqualTo((short) 0xFF);

        // QoS 0, topic "ab", message expiry of 5 bytes, two bytes of payload
        ByteBuf five = bytes("30 0c 0002 6162 05 0200000001 fffe");
        assertThat(scanner.next(five)).isTrue();
        scanner.readPublish(five, true);
        assertThat(scanner.packetId()).isZero();
        assertThat(scanner.payloadLength()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30 01 00", // half a length of the topic
                "30 03 0005 61", // a topic beyond the end
                "32 03 0001 61", // no packet identifier
                "30 03 0001 61", // no property length
                "30 04 0001 61 05" // properties beyond the end
            })
    void refusesFieldsOutsideTheirPacket(String hex) throws Exception {
        ByteBuf in = bytes(hex + "0000000000000000");
        assertThat(scanner.next(in)).isTrue();
        assertThatExceptionOfType(MalformedPacket.class).isThrownBy(() -> scanner.readPublish(in, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"30 ffffffff 01", "30 8000", "30 c901"})
    void refusesLengthsThatAreNoneOrTooLarge(String hex) {
        assertThatExceptionOfType(MalformedPacket.class).isThrownBy(() -> scanner.next(bytes(hex)));
    }

    @Test
    void refusesAnAcknowledgementWithoutIdentifier() throws Exception {
        ByteBuf in = bytes("40 01 00 00");
        assertThat(scanner.next(in)).isTrue();
        assertThatExceptionOfType(MalformedPacket.class).isThrownBy(() -> scanner.readAcknowledgement(in));
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}

package io.gatehouse.kernel.codec;

import io.gatehouse.kernel.fuzz.Campaign;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mebibyte of what is cheap to send and might be dear to read: within the bounds of {@link Campaign}. */
class CodecAmplificationTest {
    private static final int SIZE = (1 << 20) - 16;

    /** {@code begin} is all of the packet behind its fixed header up to what is repeated; with ! the length of the properties comes next. */
    @ParameterizedTest
    @CsvSource({
        "V5, SERVER, 10, \"MQTT\" 05 02 00 3c !, 26 00 00 00 00", // user properties in CONNECT
        "V5, SERVER, 30, \"t\" !, 26 00 00 00 00",
        "V5, CLIENT, 30, \"t\" !, 0b 01", // subscription identifiers
        "V3_1_1, SERVER, 82, 00 01, 00 01 61 00", // topic filters
        "V5, SERVER, 82, 00 01 00, 00 01 61 00",
        "V3_1_1, SERVER, a2, 00 01, 00 01 61",
        "V3_1_1, CLIENT, 90, 00 01, 00", // reasons
        "V5, CLIENT, b0, 00 01 00, 00",
        "V5, CLIENT, 40, 00 01 00 !, 26 00 00 00 00",
        "V3_1_1, SERVER, 30, \"t\", 00", // payload
    })
    void readsALargePacketCheaply(MqttVersion version, Side side, String first, String begin, String repeated) {
        ByteBuf body = Unpooled.buffer();
        body.writeBytes(HexText.bytes(begin.replace("!", "")));
        byte[] unit = HexText.bytes(repeated);
        int times = (SIZE - body.readableBytes() - 8) / unit.length;
        if (begin.endsWith("!")) {
            VariableByteInteger.write(body, times * unit.length);
        }
        for (int i = 0; i < times; i++) {
            body.writeBytes(unit);
        }
        ByteBuf packet = Unpooled.buffer().writeBytes(HexText.bytes(first));
        VariableByteInteger.write(packet, body.readableBytes());
        measure(version, side, packet.writeBytes(body));
    }

    @ParameterizedTest
    @CsvSource({
        "V3_1_1, SERVER, c0 00",
        "V3_1_1, SERVER, 30 03 \"t\"",
        "V5, SERVER, 30 04 \"t\" 00",
        "V5, SERVER, 30 09 \"t\" 05 26 00 00 00 00",
        "V3_1_1, SERVER, 40 02 00 01",
        "V5, SERVER, 82 07 00 01 00 \"t\" 00",
        "V3_1_1, CLIENT, 90 03 00 01 00",
    })
    void readsManySmallPacketsCheaply(MqttVersion version, Side side, String packet) {
        ByteBuf stream = Unpooled.buffer();
        byte[] bytes = HexText.bytes(packet);
        while (stream.readableBytes() < SIZE) {
            stream.writeBytes(bytes);
        }
        measure(version, side, stream);
    }

    private static void measure(MqttVersion version, Side side, ByteBuf input) {
        PacketTarget target = new PacketTarget(List.of());
        new Campaign(target, 1).measure(ByteBufUtil.getBytes(input), PacketTarget.choice(version, side));
    }
}

package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PublishFrameTest {
    private static final Message MESSAGE = new Message(
            "caf\u00e9/1",
            Payload.ofUtf8("p".repeat(200)),
            Qos.EXACTLY_ONCE,
            true,
            new MessageProperties(true, 60, "t", "r", Payload.EMPTY, List.of(new UserProperty("k", "v"))));

    static Stream<Arguments> everyKind() {
        return Stream.of(MqttVersion.values())
                .flatMap(version -> Stream.of(Qos.values())
                        .flatMap(qos -> Stream.of(true, false).map(retain -> Arguments.of(version, qos, retain))));
    }

    @ParameterizedTest
    @MethodSource("everyKind")
    void writesWhatTheEncoderWrites(MqttVersion version, Qos qos, boolean retain) {
        List<Integer> subscriptionIds = List.of(1, 200);
        PublishFrame frame = PublishFrame.of(version, MESSAGE, qos, retain, 30, subscriptionIds);
        for (int packetId : new int[] {1, 0x0203, 65_535}) {
            for (boolean dup : qos == Qos.AT_MOST_ONCE ? new boolean[] {false} : new boolean[] {false, true}) {
                ByteBuf expected = Unpooled.buffer();
                PublishEncoder.encode(
                        expected,
                        version,
                        Wire.UNLIMITED,
                        MESSAGE,
                        MESSAGE.topic(),
                        qos,
                        retain,
                        dup,
                        packetId,
                        30,
                        subscriptionIds,
                        0);
                ByteBuf out = Unpooled.buffer().writeByte(0x55);
                frame.writeTo(out, packetId, dup);
                assertThat(out.readByte()).isEqualTo((byte) 0x55);
                assertThat(ByteBufUtil.getBytes(out)).isEqualTo(ByteBufUtil.getBytes(expected));
                assertThat(frame.size()).isEqualTo(expected.readableBytes());
            }
        }
    }

    @Test
    void doesNotChangeByBeingWritten() {
        PublishFrame frame = PublishFrame.of(
                MqttVersion.V5, MESSAGE, Qos.AT_LEAST_ONCE, false, MessageProperties.NO_EXPIRY, List.of());
        ByteBuf first = Unpooled.buffer();
        frame.writeTo(first, 1, false);
        ByteBuf repeated = Unpooled.buffer();
        frame.writeTo(repeated, 2, true);
        ByteBuf again = Unpooled.buffer();
        frame.writeTo(again, 1, false);
        assertThat(again).isEqualTo(first).isNotEqualTo(repeated);
    }

    @Test
    void refusesWhatIsNoPublish() {
        PublishFrame qos0 = frame(Qos.AT_MOST_ONCE);
        PublishFrame qos1 = frame(Qos.AT_LEAST_ONCE);
        ByteBuf out = Unpooled.buffer();
        assertThatThrownBy(() -> qos0.writeTo(out, 0, true)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> qos1.writeTo(out, 0, false)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> qos1.writeTo(out, 65_536, false)).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.readableBytes()).isZero();
    }

    private static PublishFrame frame(Qos qos) {
        return PublishFrame.of(MqttVersion.V3_1_1, MESSAGE, qos, false, MessageProperties.NO_EXPIRY, List.of());
    }
}

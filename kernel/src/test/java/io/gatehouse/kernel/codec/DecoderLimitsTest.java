package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DecoderLimitsTest {
    private final PacketDecoder decoder = new PacketDecoder(new DecoderLimits(1_000, 100, 3, 20), Side.SERVER);

    private ReasonCode refusal(ByteBuf bytes) {
        return catchThrowableOfType(MalformedPacket.class, () -> decoder.decode(bytes))
                .reason();
    }

    private static ByteBuf hex(String digits) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    private static ByteBuf withUserProperties(int count, String value) {
        ByteBuf out = Unpooled.buffer();
        Packet packet = new Disconnect(
                ReasonCode.SUCCESS, null, null, null, Collections.nCopies(count, new UserProperty("n", value)));
        assertThat(PacketEncoder.encode(packet, MqttVersion.V5, 10_000, out)).isTrue();
        return out;
    }

    @Test
    void refusesALargeConnectByItsHeaderAlone() {
        assertThat(refusal(hex("10 63"))).isEqualTo(ReasonCode.PACKET_TOO_LARGE); // 99 and 2 bytes of header
    }

    @Test
    void waitsForAConnectThatIsNotTooLarge() throws MalformedPacket {
        assertThat(decoder.decode(hex("10 62"))).isNull();
    }

    @Test
    void takesLargePacketsOnlyAfterTheClientWasLetIn() throws MalformedPacket {
        assertThat(refusal(hex("30 ff01"))).isEqualTo(ReasonCode.PACKET_TOO_LARGE);

        decoder.letIn();

        assertThat(decoder.decode(hex("30 ff01"))).isNull();
        assertThat(refusal(hex("30 ff7f"))).isEqualTo(ReasonCode.PACKET_TOO_LARGE);
    }

    @Test
    void boundsUserPropertiesInNumber() throws MalformedPacket {
        decoder.version(MqttVersion.V5);

        assertThat(decoder.decode(withUserProperties(3, ""))).isNotNull();
        assertThat(refusal(withUserProperties(4, ""))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }

    @Test
    void boundsTheLengthOfAllUserPropertiesTogetherAndForEachPacketAnew() throws MalformedPacket {
        decoder.version(MqttVersion.V5);

        assertThat(decoder.decode(withUserProperties(2, "123456789"))).isNotNull();
        assertThat(decoder.decode(withUserProperties(2, "123456789"))).isNotNull();
        assertThat(refusal(withUserProperties(2, "1234567890"))).isEqualTo(ReasonCode.QUOTA_EXCEEDED);
    }
}

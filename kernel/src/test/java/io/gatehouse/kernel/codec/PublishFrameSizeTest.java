package io.gatehouse.kernel.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishFrameSizeTest {
    /** Nothing behind the topic name leaves room for more than it takes. */
    @Test
    void aSmallMessageFitsAFrameOfItsOwnSize() {
        PublishFrame frame = PublishFrame.of(
                MqttVersion.V3_1_1,
                Message.of("a/topic/name", Payload.EMPTY),
                Qos.AT_MOST_ONCE,
                false,
                MessageProperties.NO_EXPIRY,
                List.of());
        assertThat(frame.size()).isEqualTo(2 + 2 + "a/topic/name".length());
    }
}

package io.gatehouse.kernel.store;

import static io.gatehouse.kernel.fakes.Messages.expiring;
import static io.gatehouse.kernel.fakes.Messages.message;
import static io.gatehouse.kernel.fakes.Messages.publication;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Qos;
import org.junit.jupiter.api.Test;

class PublicationTest {

    @Test
    void countsItsExpiryDown() {
        Publication publication = expiring("m", 10);

        assertThat(publication.remainingExpirySeconds(0)).isEqualTo(10);
        assertThat(publication.remainingExpirySeconds(8_500)).isEqualTo(2);
        assertThat(publication.isExpired(9_999)).isFalse();
        assertThat(publication.isExpired(10_000)).isTrue();
        assertThat(publication("m").remainingExpirySeconds(1L << 50)).isEqualTo(MessageProperties.NO_EXPIRY);
        assertThat(publication("m").isExpired(1L << 50)).isFalse();
    }

    @Test
    void keepsEncodedFormsOnlyWhenTheyAreTheSameForAll() {
        Publication expiring = expiring("m", 10);
        expiring.expectFanOut();
        Publication lasting = publication("m");
        assertThat(lasting.keepsFrames()).isFalse();
        lasting.expectFanOut();
        lasting.keepFrame(3, "frame");

        assertThat(expiring.keepsFrames()).isFalse();
        assertThat(lasting.frame(3)).isEqualTo("frame");
        assertThat(lasting.frame(4)).isNull();
        assertThat(lasting.rewritten(message("t", "other", Qos.AT_MOST_ONCE)).keepsFrames())
                .isFalse();
    }
}

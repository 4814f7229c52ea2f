package io.gatehouse.kernel.session;

import static io.gatehouse.kernel.fakes.Messages.publication;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.sdk.mqtt.Qos;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InFlightTest {

    @Test
    void neverGivesAnIdentifierTwiceAndFindsEachAgain() {
        Random random = new Random(1);
        InFlight inFlight = new InFlight();
        Map<Integer, Delivery> present = new HashMap<>();
        for (int step = 0; step < 300_000; step++) {
            if (present.size() < 40 && random.nextInt(5) < 3) {
                Delivery delivery = new Delivery(publication("m"), Qos.AT_LEAST_ONCE, false, List.of());
                inFlight.add(delivery);
                assertThat(delivery.packetId).isBetween(1, 65_535);
                assertThat(present.put(delivery.packetId, delivery)).isNull();
            } else if (!present.isEmpty()) {
                Delivery gone = present.values().iterator().next();
                assertThat(inFlight.find(gone.packetId)).isSameAs(gone);
                inFlight.remove(gone);
                present.remove(gone.packetId);
                assertThat(inFlight.find(gone.packetId)).isNull();
            }
            assertThat(inFlight.size()).isEqualTo(present.size());
        }
        assertThat(inFlight.inOrder()).containsExactlyInAnyOrderElementsOf(present.values());
        assertThat(inFlight.inOrder()).isSortedAccordingTo((a, b) -> Long.compare(a.sequence, b.sequence));
    }
}

package io.gatehouse.kernel.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fuzz.Campaign;
import io.gatehouse.kernel.fuzz.FuzzTarget;
import org.junit.jupiter.api.Test;

/** Random frames and random requests; {@code -Dfuzz.inputs=10000000} makes a campaign of it. */
class WebSocketCampaignTest {
    private static final long INPUTS = Long.getLong("fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    /** A request costs a pipeline of its own. */
    private static final int FEWER = 10;

    @Test
    void survivesEveryFrame() throws Exception {
        assertThat(run("frames", new FrameTarget(FrameDecoderTest.seeds().toList()), INPUTS))
                .isGreaterThanOrEqualTo(10);
    }

    @Test
    void answersEveryRequest() throws Exception {
        assertThat(run("requests", new HandshakeTarget(), INPUTS / FEWER)).isGreaterThanOrEqualTo(10);
    }

    private static int run(String name, FuzzTarget target, long inputs) throws InterruptedException {
        Campaign.Figures figures = new Campaign(target, SEED).run(inputs);
        System.out.println("WebSocket " + name + ": " + figures);
        return figures.outcomes();
    }
}

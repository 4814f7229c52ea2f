package io.gatehouse.kernel.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.fuzz.Campaign;
import org.junit.jupiter.api.Test;

/** Random beginnings of connections; {@code -Dfuzz.inputs=10000000} makes a campaign of it. */
class ProxyHeaderCampaignTest {
    private static final long INPUTS = Long.getLong("fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);

    @Test
    void survivesEveryInput() throws Exception {
        ProxyHeaderTarget target = new ProxyHeaderTarget(ProxyHeaderTest.seeds().toList());

        Campaign.Figures figures = new Campaign(target, SEED).run(INPUTS);

        System.out.println("PROXY headers: " + figures);
        assertThat(figures.outcomes()).isGreaterThanOrEqualTo(8);
    }
}

package io.gatehouse.kernel.plugin.swap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.GateMeters;
import io.gatehouse.kernel.plugin.module.Offer;
import io.gatehouse.kernel.plugin.osgi.CannotRun;
import io.gatehouse.kernel.plugin.swap.Readiness.Wanted;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.plugin.PluginHealth;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private static final long BUNDLE = 7;

    private final Catalog catalog = new Catalog(TestConfigs.of(TestConfigs.MQTT), new GateMeters());

    private void offer(String module, Class<?> role, Object service) {
        Comparable<Object> rank = _ -> 0;
        catalog.offer(module, new Offer(module, List.of(role), false, service, "acme.x", "1.0.0", BUNDLE, rank));
    }

    @Test
    void missesWhatWentWhileItWaitedForHealth() {
        Authenticator authenticator = _ -> AuthResult.accept();
        offer("auth-x", Authenticator.class, authenticator);
        PluginHealth health = () -> {
            catalog.withdraw("auth-x", authenticator, Duration.ZERO);
            return new PluginHealth.Status.Up();
        };
        offer("health-x", PluginHealth.class, health);
        Set<Wanted> wanted = Set.of(new Wanted("auth-x", List.of()));
        assertThatThrownBy(() -> new Readiness(catalog, List::of)
                        .await(Set.of(BUNDLE), wanted, Duration.ofSeconds(5), Duration.ofSeconds(5)))
                .isInstanceOf(CannotRun.class);
    }
}

package io.gatehouse.kernel.warmup;

import io.gatehouse.kernel.payload.ConnectChain;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.mqtt.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What guards the {@link Stage}: one password, and then everything is allowed. */
final class StageModules {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private StageModules() {}

    /** Lets in who shows this password; secrets are compared in constant time. */
    static PluginSnapshot whoShows(Secret password) {
        Authenticator gate =
                request -> password.equals(request.password()) ? AuthResult.accept() : AuthResult.abstain();
        return new PluginSnapshot(
                1,
                new AuthenticationChain(List.of(Gate.of("auth-warm-up", (Object) gate, false)), DEADLINE),
                new AuthorizationChain(List.of(), true, DEADLINE),
                new ConnectChain(List.of(), DEADLINE),
                new PublishChain(List.of(), DEADLINE),
                new SubscribeChain(List.of(), DEADLINE),
                new DeliveryChain(List.of(), DEADLINE),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of());
    }
}

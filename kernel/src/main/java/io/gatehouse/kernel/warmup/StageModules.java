package io.gatehouse.kernel.warmup;

import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.mqtt.Secret;
import java.time.Duration;
import java.util.List;

/** What guards the {@link Stage}: one password, and then everything is allowed. */
final class StageModules {
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private StageModules() {}

    /** Lets in who shows this password; secrets are compared in constant time. */
    static PluginSnapshot whoShows(Secret password) {
        Authenticator gate =
                request -> password.equals(request.password()) ? AuthResult.accept() : AuthResult.abstain();
        return PluginSnapshot.withoutInterceptors(
                1,
                new AuthenticationChain(List.of(Gate.of("auth-warm-up", (Object) gate, false)), DEADLINE),
                new AuthorizationChain(List.of(), true, DEADLINE),
                DEADLINE);
    }
}

package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.authz.AclRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Decides by the user name alone; has no opinion of names it does not know. */
@Component(name = "auth-name")
public final class NameAuthenticator implements Authenticator {
    @Override
    public AuthResult authenticate(ConnectRequest request) {
        return switch (String.valueOf(request.client().username())) {
            case "with-rules" -> AuthResult.accept().withAcl(List.of(AclRule.allow("rules/#"), AclRule.deny("#")));
            case "soon-over" -> AuthResult.accept().withExpiresAt(Instant.now().plusSeconds(1));
            case "renamed" -> AuthResult.accept().withUsername("alice").withClientId("given-by-the-module");
            case "with-attributes" -> AuthResult.accept().withAttributes(Map.of("tenant", "acme"));
            case "powerful" -> AuthResult.accept().withSuperuser(true);
            case "unwelcome" -> AuthResult.reject("not today");
            default -> AuthResult.abstain();
        };
    }
}

package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import java.util.concurrent.CountDownLatch;
import org.osgi.service.component.annotations.Component;

/** Breaks in the way that the user name says. */
@Component(name = "auth-broken")
public final class BrokenAuthenticator implements Authenticator {
    @Override
    @SuppressWarnings("NullAway") // what a plugin compiled without checks can do
    public AuthResult authenticate(ConnectRequest request) throws InterruptedException {
        return switch (String.valueOf(request.client().username())) {
            case "throws" -> throw new IllegalStateException("as asked for");
            case "fails" -> throw new AssertionError("as asked for");
            case "nothing" -> null;
            case "hangs" -> {
                new CountDownLatch(1).await();
                yield AuthResult.accept();
            }
            default -> AuthResult.abstain();
        };
    }
}

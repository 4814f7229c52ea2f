package io.gatehouse.sdk.testing.open;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import org.osgi.service.component.annotations.Component;

/** Lets every client in under the names it claims. Never blocks. */
@Component(name = OpenAuthenticator.NAME)
public final class OpenAuthenticator implements Authenticator {
    /** The module's name, for {@code authentication.chain}. */
    public static final String NAME = "auth-testing-open";

    @Override
    public AuthResult authenticate(ConnectRequest request) {
        return AuthResult.accept();
    }
}

package io.gatehouse.auth.anonymous;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.ConnectRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Lets every client in under one user name that stands for "nobody in particular".
 *
 * <p>The name a client claims is not kept: nothing has verified it, and authorization rules such as {@code ${username}} would take it
 * for an identity. Never blocks; any thread may call.
 */
@Component(name = "auth-anonymous", immediate = true)
@Designate(ocd = AnonymousConfiguration.class)
public final class AnonymousAuthenticator implements Authenticator {
    private static final int MAX_USERNAME_LENGTH = 255;

    private final AuthResult.Accept nobody;
    private final boolean requireNoCredentials;

    /**
     * Called by Declarative Services.
     *
     * @throws IllegalArgumentException with a sentence for the operator when the configuration cannot be used
     */
    @Activate
    public AnonymousAuthenticator(AnonymousConfiguration configuration) {
        this(configuration.username(), configuration.requireNoCredentials());
    }

    AnonymousAuthenticator(String username, boolean requireNoCredentials) {
        nobody = AuthResult.accept().withUsername(checked(username));
        this.requireNoCredentials = requireNoCredentials;
    }

    @Override
    public AuthResult authenticate(ConnectRequest request) {
        return requireNoCredentials && sendsCredentials(request) ? AuthResult.abstain() : nobody;
    }

    private static boolean sendsCredentials(ConnectRequest request) {
        return request.client().username() != null || request.password() != null;
    }

    private static String checked(String username) {
        if (username.isEmpty()
                || username.length() > MAX_USERNAME_LENGTH
                || username.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("auth-anonymous.username must have 1 to " + MAX_USERNAME_LENGTH
                    + " characters and no control characters; correct it or leave it out.");
        }
        return username;
    }
}

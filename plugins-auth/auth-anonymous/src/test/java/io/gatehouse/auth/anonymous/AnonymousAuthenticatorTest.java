package io.gatehouse.auth.anonymous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymousAuthenticatorTest {
    private static final Secret SECRET = Secret.ofUtf8("secret");

    @Test
    void letsInAClientWithoutCredentials() {
        assertThat(authenticator("anonymous", false).authenticate(request(null, null)))
                .isEqualTo(AuthResult.accept().withUsername("anonymous"));
    }

    @Test
    void takesTheClaimedNameAwayFromAClientWithCredentials() {
        assertThat(authenticator("anonymous", false).authenticate(request("admin", SECRET)))
                .isEqualTo(AuthResult.accept().withUsername("anonymous"));
    }

    @Test
    void neverMakesASuperuserAndNeverAddsRules() {
        assertThat(authenticator("anonymous", false).authenticate(request("admin", SECRET)))
                .isInstanceOfSatisfying(AuthResult.Accept.class, accept -> {
                    assertThat(accept.superuser()).isFalse();
                    assertThat(accept.acl()).isEmpty();
                    assertThat(accept.attributes()).isEmpty();
                });
    }

    @Test
    void givesTheConfiguredName() {
        assertThat(authenticator("guest", false).authenticate(request(null, null)))
                .isEqualTo(AuthResult.accept().withUsername("guest"));
    }

    @Test
    void leavesClientsWithAUsernameToTheNextWhenNoCredentialsAreRequired() {
        assertThat(authenticator("anonymous", true).authenticate(request("admin", null)))
                .isEqualTo(AuthResult.abstain());
    }

    @Test
    void leavesClientsWithAPasswordToTheNextWhenNoCredentialsAreRequired() {
        assertThat(authenticator("anonymous", true).authenticate(request(null, SECRET)))
                .isEqualTo(AuthResult.abstain());
    }

    @Test
    void letsInAClientWithoutCredentialsWhenNoCredentialsAreRequired() {
        assertThat(authenticator("anonymous", true).authenticate(request(null, null)))
                .isEqualTo(AuthResult.accept().withUsername("anonymous"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "line\nbreak", "nul\0"})
    void refusesANameThatIsNoName(String username) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> authenticator(username, false))
                .withMessage("auth-anonymous.username must have 1 to 255 characters and no control characters;"
                        + " correct it or leave it out.");
    }

    @Test
    void refusesANameThatIsTooLong() {
        assertThatIllegalArgumentException().isThrownBy(() -> authenticator("x".repeat(256), false));
    }

    @Test
    void defaultsAreThoseOfTheReference() throws NoSuchMethodException {
        assertThat(AnonymousConfiguration.class.getDeclaredMethod("username").getDefaultValue())
                .isEqualTo("anonymous");
        assertThat(AnonymousConfiguration.class
                        .getDeclaredMethod("requireNoCredentials")
                        .getDefaultValue())
                .isEqualTo(false);
    }

    private static AnonymousAuthenticator authenticator(String username, boolean requireNoCredentials) {
        return new AnonymousAuthenticator(username, requireNoCredentials);
    }

    private static ConnectRequest request(@Nullable String username, @Nullable Secret password) {
        Client client = new Client(
                "device-1",
                username,
                MqttVersion.V5,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
                "tcp.default",
                List.of(),
                Map.of(),
                false);
        return new ConnectRequest(client, password, true, 0, null, List.of());
    }
}

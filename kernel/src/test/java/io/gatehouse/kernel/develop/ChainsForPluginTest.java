package io.gatehouse.kernel.develop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChainsForPluginTest {
    @Test
    void anAuthenticatorComesBeforeTheOthersAndEverythingIsPermitted() {
        assertThat(hocon(new PluginModule("auth-x", "X", Set.of(Role.AUTHENTICATOR, Role.ENHANCED_AUTHENTICATOR))))
                .isEqualTo("""
                        authentication.chain = ["auth-x", "auth-builtin"]
                        authorization.sources = []
                        authorization.no-match = allow
                        """);
    }

    @Test
    void whatAnAuthorizerDoesNotDecideIsDenied() {
        assertThat(hocon(new PluginModule("authz-x", "X", Set.of(Role.AUTHORIZER))))
                .isEqualTo("""
                        authentication.chain = ["auth-builtin"]
                        authorization.sources = ["authz-x"]
                        authorization.no-match = deny
                        """);
    }

    @Test
    void interceptorsStandInEachChainOfTheirRolesAndListenersInNone() {
        assertThat(hocon(
                        new PluginModule("both", "B", Set.of(Role.PUBLISH_INTERCEPTOR, Role.DELIVERY_INTERCEPTOR)),
                        new PluginModule("hears", "H", Set.of(Role.MESSAGE_LISTENER))))
                .contains("interceptors.publish = [\"both\"]\n", "interceptors.delivery = [\"both\"]\n")
                .doesNotContain("hears");
    }

    private static String hocon(PluginModule... modules) {
        return ChainsForPlugin.hocon(List.of(modules), List.of("auth-builtin"));
    }
}

package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.intercept.ConnectInterceptor;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import java.util.Collections;
import java.util.List;

/**
 * One chain of the configuration: which modules it names and what it needs of them.
 *
 * @param key the configuration key
 * @param names the modules
 * @param roles any one of these will do
 */
public record ChainUse(String key, List<String> names, List<Class<?>> roles) {

    /** All chains of a configuration. */
    public static List<ChainUse> of(GatehouseConfig config) {
        return List.of(
                new ChainUse(
                        "authentication.chain",
                        config.authentication().chain(),
                        List.of(Authenticator.class, EnhancedAuthenticator.class)),
                new ChainUse("authorization.sources", config.authorization().sources(), List.of(Authorizer.class)),
                new ChainUse(
                        "interceptors.connect", config.interceptors().connect(), List.of(ConnectInterceptor.class)),
                new ChainUse(
                        "interceptors.publish", config.interceptors().publish(), List.of(PublishInterceptor.class)),
                new ChainUse(
                        "interceptors.subscribe",
                        config.interceptors().subscribe(),
                        List.of(SubscribeInterceptor.class)),
                new ChainUse(
                        "interceptors.delivery", config.interceptors().delivery(), List.of(DeliveryInterceptor.class)));
    }

    /** True when what a module offers, by simple names, is of no use in this chain. */
    boolean isUselessHere(List<String> offered) {
        return Collections.disjoint(Roles.words(roles), offered);
    }
}

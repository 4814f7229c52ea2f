package io.gatehouse.kernel.develop;

import java.util.Arrays;
import java.util.Optional;

/** The interfaces of the SDK that a module may offer, and the chain in which an operator names such a module. */
public enum Role {
    AUTHENTICATOR("io.gatehouse.sdk.auth.Authenticator", "authentication.chain"),
    ENHANCED_AUTHENTICATOR("io.gatehouse.sdk.auth.EnhancedAuthenticator", "authentication.chain"),
    AUTHORIZER("io.gatehouse.sdk.authz.Authorizer", "authorization.sources"),
    CONNECT_INTERCEPTOR("io.gatehouse.sdk.intercept.ConnectInterceptor", "interceptors.connect"),
    PUBLISH_INTERCEPTOR("io.gatehouse.sdk.intercept.PublishInterceptor", "interceptors.publish"),
    SUBSCRIBE_INTERCEPTOR("io.gatehouse.sdk.intercept.SubscribeInterceptor", "interceptors.subscribe"),
    DELIVERY_INTERCEPTOR("io.gatehouse.sdk.intercept.DeliveryInterceptor", "interceptors.delivery"),
    /** Listeners need no place: all are called. */
    CLIENT_LISTENER("io.gatehouse.sdk.event.ClientListener", ""),
    MESSAGE_LISTENER("io.gatehouse.sdk.event.MessageListener", "");

    private final String type;
    private final String chain;

    Role(String type, String chain) {
        this.type = type;
        this.chain = chain;
    }

    /** The interface's full name. */
    String type() {
        return type;
    }

    /** The configuration key of its chain; empty when there is none. */
    public String chain() {
        return chain;
    }

    static Optional<Role> of(String type) {
        return Arrays.stream(values()).filter(role -> role.type.equals(type)).findFirst();
    }
}

package io.gatehouse.kernel.plugin.module;

import io.gatehouse.sdk.auth.Authenticator;
import io.gatehouse.sdk.auth.EnhancedAuthenticator;
import io.gatehouse.sdk.authz.Authorizer;
import io.gatehouse.sdk.event.ClientListener;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.intercept.ConnectInterceptor;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import io.gatehouse.sdk.plugin.PluginHealth;
import io.gatehouse.sdk.users.UserDirectory;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Every extension point: the SDK interfaces that a plugin implements and the kernel calls. */
public final class Roles {
    private static final List<Class<?>> ALL = List.of(
            Authenticator.class,
            EnhancedAuthenticator.class,
            Authorizer.class,
            ConnectInterceptor.class,
            PublishInterceptor.class,
            SubscribeInterceptor.class,
            DeliveryInterceptor.class,
            ClientListener.class,
            MessageListener.class,
            PluginHealth.class,
            UserDirectory.class);

    private Roles() {}

    /** The roles among these interface names. */
    public static List<Class<?>> among(Collection<String> interfaceNames) {
        return ALL.stream()
                .filter(role -> interfaceNames.contains(role.getName()))
                .toList();
    }

    /** The OSGi filter for services that have at least one role. */
    public static String filter() {
        return ALL.stream()
                .map(role -> "(objectClass=" + role.getName() + ")")
                .collect(Collectors.joining("", "(|", ")"));
    }

    /** How operators read roles: simple names, sorted. */
    public static List<String> words(Collection<Class<?>> roles) {
        return roles.stream().map(Class::getSimpleName).sorted().toList();
    }
}

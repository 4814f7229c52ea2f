package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.config.GatehouseConfig;
import io.gatehouse.kernel.config.InterceptorsConfig;
import io.gatehouse.kernel.payload.ConnectChain;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.security.AuthenticationChain;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.GateLimits;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes snapshots: the configuration says which places there are, the offers fill them, and what nobody fills stays a hole. */
final class SnapshotFactory {
    private final GateMeters meters;
    private final Absences absences = new Absences();

    SnapshotFactory(GateMeters meters) {
        this.meters = meters;
    }

    PluginSnapshot make(long generation, GatehouseConfig config, Collection<Offer> offers) {
        meters.limit(GateLimits.of(config.plugins()));
        InterceptorsConfig interceptors = config.interceptors();
        return new PluginSnapshot(
                generation,
                new AuthenticationChain(
                        authenticationGates(config, offers),
                        config.authentication().deadline()),
                new AuthorizationChain(
                        chain(config.authorization().sources(), Authorizer.class, offers),
                        config.authorization().allowNoMatch(),
                        config.authorization().deadline()),
                new ConnectChain(
                        chain(interceptors.connect(), ConnectInterceptor.class, offers),
                        config.authentication().deadline()),
                new PublishChain(
                        chain(interceptors.publish(), PublishInterceptor.class, offers), interceptors.deadline()),
                new SubscribeChain(
                        chain(interceptors.subscribe(), SubscribeInterceptor.class, offers), interceptors.deadline()),
                new DeliveryChain(
                        chain(interceptors.delivery(), DeliveryInterceptor.class, offers), interceptors.deadline()),
                all(ClientListener.class, offers),
                all(MessageListener.class, offers),
                users(config, offers),
                health(offers));
    }

    private List<Gate<Object>> authenticationGates(GatehouseConfig config, Collection<Offer> offers) {
        return config.authentication().chain().stream()
                .map(name -> {
                    Optional<Offer> offer = find(name, Authenticator.class, offers)
                            .or(() -> find(name, EnhancedAuthenticator.class, offers));
                    return gate(
                            Authenticator.class,
                            name,
                            offer,
                            offer.map(Offer::service).orElse(null));
                })
                .toList();
    }

    private <T> List<Gate<T>> chain(List<String> names, Class<T> role, Collection<Offer> offers) {
        return names.stream()
                .map(name -> {
                    Optional<Offer> offer = find(name, role, offers);
                    return gate(
                            role,
                            name,
                            offer,
                            offer.map(Offer::service).map(role::cast).orElse(null));
                })
                .toList();
    }

    private <T> List<Gate<T>> all(Class<T> role, Collection<Offer> offers) {
        List<String> names = names(role, offers).toList();
        return chain(names, role, offers);
    }

    private <T> Gate<T> gate(Class<?> role, String name, Optional<Offer> offer, @Nullable T service) {
        if (service == null) {
            return new Gate<>(name, null, false, meters.of(name), absences.since(role, name));
        }
        absences.over(role, name);
        return new Gate<>(name, service, offer.map(Offer::blocking).orElse(false), meters.of(name), 0);
    }

    private Optional<UserDirectory> users(GatehouseConfig config, Collection<Offer> offers) {
        return Stream.concat(config.authentication().chain().stream(), names(UserDirectory.class, offers))
                .flatMap(name -> find(name, UserDirectory.class, offers).stream())
                .findFirst()
                .map(offer -> (UserDirectory) offer.service());
    }

    private Map<String, PluginHealth> health(Collection<Offer> offers) {
        return names(PluginHealth.class, offers)
                .flatMap(name -> find(name, PluginHealth.class, offers).stream())
                .collect(Collectors.toMap(Offer::module, offer -> (PluginHealth) offer.service()));
    }

    private static Stream<String> names(Class<?> role, Collection<Offer> offers) {
        return offers.stream()
                .filter(offer -> offer.has(role))
                .map(Offer::module)
                .sorted()
                .distinct();
    }

    private static Optional<Offer> find(String name, Class<?> role, Collection<Offer> offers) {
        return offers.stream()
                .filter(offer -> offer.module().equals(name) && offer.has(role))
                .max(Comparator.comparing(Offer::rank, (one, other) -> one.compareTo(other)));
    }
}

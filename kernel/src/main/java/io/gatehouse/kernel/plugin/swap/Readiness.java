package io.gatehouse.kernel.plugin.swap;

import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.ComponentState;
import io.gatehouse.kernel.plugin.module.Offer;
import io.gatehouse.kernel.plugin.module.Roles;
import io.gatehouse.kernel.plugin.osgi.CannotRun;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.GateCall;
import io.gatehouse.kernel.security.GateFailure;
import io.gatehouse.kernel.security.GateMeter;
import io.gatehouse.sdk.plugin.PluginHealth;
import io.gatehouse.sdk.plugin.PluginHealth.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits until bundles that were just started can take over: everything that is wanted of them is offered, and all that has a health says
 * it is up. Used by one thread at a time; blocks.
 */
final class Readiness {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final Duration HEALTH_CALL = Duration.ofSeconds(5);

    private final Catalog catalog;
    private final Supplier<List<ComponentState>> components;

    Readiness(Catalog catalog, Supplier<List<ComponentState>> components) {
        this.catalog = catalog;
        this.components = components;
    }

    /**
     * What a module has to offer.
     *
     * @param anyOf one of these roles; empty when any role will do
     */
    record Wanted(String module, List<Class<?>> anyOf) {
        Wanted {
            anyOf = List.copyOf(anyOf);
        }

        private boolean isMetBy(Offer offer) {
            return offer.module().equals(module)
                    && (anyOf.isEmpty() || anyOf.stream().anyMatch(offer::has));
        }

        private String words() {
            return anyOf.isEmpty() ? module : module + " as " + String.join(" or ", Roles.words(anyOf));
        }
    }

    /**
     * Waits, as long as it may take.
     *
     * @throws CannotRun as soon as it is clear that it will not come to that, or when the time is over
     */
    void await(Set<Long> bundles, Set<Wanted> wanted, Duration offersLimit, Duration healthLimit) throws CannotRun {
        awaitOffers(bundles, wanted, offersLimit);
        awaitHealth(bundles, healthLimit);
        // What was there before a long wait for health may have gone again.
        awaitOffers(bundles, wanted, Duration.ZERO);
    }

    /** What an activated component of these bundles failed with; empty when none did. */
    Optional<String> failure(Set<Long> bundles) {
        return components.get().stream()
                .filter(component -> component.failed() && bundles.contains(component.bundleId()))
                .map(component -> component.module() + ": " + component.sentence())
                .findFirst();
    }

    private void awaitOffers(Set<Long> bundles, Set<Wanted> wanted, Duration limit) throws CannotRun {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            List<Offer> offers = catalog.offersOf(bundles);
            Optional<Wanted> missing = wanted.stream()
                    .filter(one -> offers.stream().noneMatch(one::isMetBy))
                    .findFirst();
            Optional<String> failure = failure(bundles);
            if (failure.isPresent()) {
                throw new CannotRun(failure.get(), false);
            }
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                throw new CannotRun(lacking(bundles, missing.get()), true);
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    private String lacking(Set<Long> bundles, Wanted one) {
        return components.get().stream()
                .filter(component -> bundles.contains(component.bundleId())
                        && component.module().equals(one.module()))
                .map(component -> one.module() + ": " + component.sentence())
                .findFirst()
                .orElse("it does not offer " + one.words()
                        + ", which the version that runs does: remove that one first if this is meant");
    }

    private void awaitHealth(Set<Long> bundles, Duration limit) throws CannotRun {
        long end = System.nanoTime() + limit.toNanos();
        for (Offer offer : catalog.offersOf(bundles)) {
            if (offer.service() instanceof PluginHealth health && offer.has(PluginHealth.class)) {
                String sick = sickness(offer, health);
                while (!sick.isEmpty()) {
                    if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                        throw new CannotRun(offer.module() + " is not healthy: " + sick, true);
                    }
                    LockSupport.parkNanos(this, 10 * POLL_NANOS);
                    sick = sickness(offer, health);
                }
            }
        }
    }

    private static String sickness(Offer offer, PluginHealth health) {
        try {
            return switch (GateCall.within(
                    HEALTH_CALL,
                    new Gate<>(offer.module(), health, true, new GateMeter(offer.module()), 0),
                    health::health)) {
                case Status.Up up -> "";
                case Status.Degraded degraded -> degraded.reason();
            };
        } catch (GateFailure failure) {
            return "it could not tell its health: " + failure.getMessage();
        }
    }
}

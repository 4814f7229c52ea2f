package io.gatehouse.kernel.plugin.osgi;

import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.Offer;
import io.gatehouse.kernel.plugin.module.Roles;
import io.gatehouse.sdk.plugin.Blocking;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of the services of plugins and tells the {@link Catalog}. The framework calls it on whatever thread registers or unregisters;
 * a service that goes is kept waiting, still working, until its leases have drained: its component is deactivated only after
 * {@link #removedService} has returned.
 */
final class ServiceWatch implements ServiceTrackerCustomizer<Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceWatch.class);
    private static final String BLOCKING = Blocking.PREFIX_ + "blocking";

    private final BundleContext context;
    private final Catalog catalog;
    private final Supplier<Duration> drainLimit;

    /** @param drainLimit how long a service may be kept waiting now */
    ServiceWatch(BundleContext context, Catalog catalog, Supplier<Duration> drainLimit) {
        this.context = context;
        this.catalog = catalog;
        this.drainLimit = drainLimit;
    }

    /** Null tells the tracker not to follow the service. A component whose activation fails gives null too; SCR has logged why. */
    @Override
    public @Nullable Object addingService(ServiceReference<Object> reference) {
        Optional<String> module = ModuleName.of(reference::getProperty);
        if (module.isEmpty()) {
            LOG.warn(
                    "a service of bundle {} has no component.name and is not used: declare it as a component",
                    reference.getBundle().getSymbolicName());
            return null;
        }
        Object service = context.getService(reference);
        if (service == null) {
            return null;
        }
        Optional<Offer> offer = offer(module.get(), reference, service);
        if (offer.isEmpty()) {
            context.ungetService(reference);
            return null;
        }
        catalog.offer(reference, offer.get());
        return service;
    }

    @Override
    public void modifiedService(ServiceReference<Object> reference, Object service) {
        ModuleName.of(reference::getProperty)
                .flatMap(module -> offer(module, reference, service))
                .ifPresent(offer -> catalog.offer(reference, offer));
    }

    @Override
    public void removedService(ServiceReference<Object> reference, Object service) {
        Duration limit = drainLimit.get();
        if (!catalog.withdraw(reference, service, limit)) {
            LOG.warn(
                    "module {} is stopped although calls or conversations with it did not end within {} ms",
                    ModuleName.of(reference::getProperty).orElse("?"),
                    limit.toMillis());
        }
        context.ungetService(reference);
    }

    /** Empty when the service is gone: its bundle was stopped while its component was still being activated. */
    @SuppressWarnings("unchecked") // a reference compares with references only, and only such are in offers
    private static Optional<Offer> offer(String module, ServiceReference<Object> reference, Object service) {
        List<String> interfaces = Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS));
        Bundle bundle = reference.getBundle();
        if (bundle == null) {
            return Optional.empty();
        }
        return Optional.of(new Offer(
                module,
                Roles.among(interfaces),
                Boolean.TRUE.equals(reference.getProperty(BLOCKING)),
                service,
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                bundle.getBundleId(),
                (Comparable<Object>) (Comparable<?>) reference));
    }
}

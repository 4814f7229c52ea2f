package io.gatehouse.kernel.plugin.osgi;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.hooks.resolver.ResolverHook;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook.ListenerInfo;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Keeps two generations of plugins apart while one takes the place of the other: the new ones are wired to each other and not to those
 * they replace, nobody else is wired to the new ones before they have shown that they work, and the new ones do not see the services of
 * those they replace. The framework calls it on any thread; whoever changes plugins says who is who, one at a time.
 */
public final class Isolation implements ResolverHookFactory, FindHook, EventListenerHook {
    private volatile Generations generations = Generations.ONE;

    /** Who is new and who is to be replaced; both empty when nothing is going on. */
    private record Generations(Set<Long> staged, Set<Long> replaced) {
        private static final Generations ONE = new Generations(Set.of(), Set.of());

        private Set<Long> hiddenFrom(long bundle) {
            return staged.contains(bundle) ? replaced : staged;
        }
    }

    /** Registers itself with the framework. */
    void register(BundleContext context) {
        String[] hooks = {
            ResolverHookFactory.class.getName(), FindHook.class.getName(), EventListenerHook.class.getName()
        };
        context.registerService(hooks, this, null);
    }

    /** From now on these two are apart. */
    public void separate(Set<Long> staged, Set<Long> replaced) {
        generations = new Generations(Set.copyOf(staged), Set.copyOf(replaced));
    }

    /** The time of two generations is over. */
    public void end() {
        generations = Generations.ONE;
    }

    /** True when the first bundle must not be wired to the second one now. */
    boolean isHidden(Bundle from, Bundle provider) {
        return generations.hiddenFrom(from.getBundleId()).contains(provider.getBundleId());
    }

    @Override
    public ResolverHook begin(Collection<BundleRevision> triggers) {
        return new Wiring(generations);
    }

    @Override
    public void find(
            BundleContext context,
            String name,
            String filter,
            boolean all,
            Collection<ServiceReference<?>> references) {
        Generations now = generations;
        if (now.staged().contains(context.getBundle().getBundleId())) {
            references.removeIf(reference -> isOf(now.replaced(), reference));
        }
    }

    @Override
    public void event(ServiceEvent event, Map<BundleContext, Collection<ListenerInfo>> listeners) {
        Generations now = generations;
        if (isOf(now.replaced(), event.getServiceReference())) {
            listeners
                    .keySet()
                    .removeIf(
                            context -> now.staged().contains(context.getBundle().getBundleId()));
        }
    }

    private static boolean isOf(Set<Long> bundles, ServiceReference<?> reference) {
        Bundle bundle = reference.getBundle();
        return bundle != null && bundles.contains(bundle.getBundleId());
    }

    private static long id(BundleRevision revision) {
        return revision.getBundle().getBundleId();
    }

    /** What may be wired to what during one resolution. */
    private record Wiring(Generations now) implements ResolverHook {
        @Override
        public void filterMatches(BundleRequirement requirement, Collection<BundleCapability> candidates) {
            Set<Long> hidden = now.hiddenFrom(id(requirement.getRevision()));
            candidates.removeIf(candidate -> hidden.contains(id(candidate.getRevision())));
        }

        @Override
        public void filterResolvable(Collection<BundleRevision> candidates) {
            // All may be resolved: what they may be wired to is decided above.
        }

        @Override
        public void filterSingletonCollisions(BundleCapability singleton, Collection<BundleCapability> collisions) {
            // Two versions side by side are what this is for.
            collisions.clear();
        }

        @Override
        public void end() {
            // Nothing is kept between resolutions.
        }
    }
}

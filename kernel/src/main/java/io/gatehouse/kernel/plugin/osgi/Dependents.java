package io.gatehouse.kernel.plugin.osgi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.namespace.HostNamespace;
import org.osgi.framework.wiring.BundleWire;
import org.osgi.framework.wiring.BundleWiring;

/** Finds out which plugins use which: through packages, services, or as fragment and host. */
public final class Dependents {
    private Dependents() {}

    /**
     * The instance and all among the others that use it, directly or not; whoever uses comes before what is used.
     *
     * @param all every plugin that may be among them
     */
    public static List<Instance> closure(Instance instance, Collection<Instance> all) {
        Map<Long, Instance> byId = all.stream().collect(Collectors.toMap(Instance::id, Function.identity()));
        Set<Instance> found = new LinkedHashSet<>(Set.of(instance));
        Deque<Instance> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            users(open.pop().bundle())
                    .map(user -> byId.get(user.getBundleId()))
                    .filter(user -> user != null && found.add(user))
                    .forEach(open::add);
        }
        return new ArrayList<>(found).reversed();
    }

    private static Stream<Bundle> users(Bundle bundle) {
        return Stream.concat(wired(bundle), served(bundle)).filter(user -> !user.equals(bundle));
    }

    private static Stream<Bundle> wired(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) {
            return Stream.empty();
        }
        Stream<Bundle> requirers = wires(wiring.getProvidedWires(null))
                .map(wire -> wire.getRequirer().getBundle());
        Stream<Bundle> hosts = wires(wiring.getRequiredWires(HostNamespace.HOST_NAMESPACE))
                .map(wire -> wire.getProvider().getBundle());
        return Stream.concat(requirers, hosts);
    }

    private static Stream<BundleWire> wires(List<BundleWire> wires) {
        return wires == null ? Stream.empty() : wires.stream();
    }

    private static Stream<Bundle> served(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services == null
                ? Stream.empty()
                : Stream.of(services)
                        .map(ServiceReference::getUsingBundles)
                        .flatMap(users -> users == null ? Stream.empty() : Stream.of(users));
    }
}

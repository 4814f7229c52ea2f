package io.gatehouse.kernel.plugin.swap;

import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.ComponentState;
import io.gatehouse.kernel.plugin.module.Offer;
import io.gatehouse.kernel.plugin.osgi.BundleRunner;
import io.gatehouse.kernel.plugin.osgi.CannotRun;
import io.gatehouse.kernel.plugin.osgi.Dependents;
import io.gatehouse.kernel.plugin.osgi.Instance;
import io.gatehouse.kernel.plugin.osgi.Isolation;
import io.gatehouse.kernel.plugin.swap.Swap.Replacement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins that are in the framework now, one instance of each, and the ways to change that. Used by one thread at a time; blocks. */
public final class Deployment {
    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private final BundleRunner runner;
    private final Swap swap;
    private final Catalog catalog;
    private final Readiness readiness;
    private final Supplier<Limits> limits;
    private final Map<String, Instance> instances = new TreeMap<>();

    /**
     * Nothing is in the framework yet.
     *
     * @param components all that have roles, running or not
     * @param limits that hold now
     */
    public Deployment(
            BundleRunner runner,
            Isolation isolation,
            Catalog catalog,
            Supplier<List<ComponentState>> components,
            Supplier<Limits> limits) {
        this.runner = runner;
        this.catalog = catalog;
        this.readiness = new Readiness(catalog, components);
        this.swap = new Swap(runner, catalog, isolation, readiness);
        this.limits = limits;
    }

    /** The instance of this plugin, whether it was started or waits. */
    public Optional<Instance> find(String symbolicName) {
        return Optional.ofNullable(instances.get(symbolicName));
    }

    /** All of them now, by symbolic name. */
    public Collection<Instance> all() {
        return List.copyOf(instances.values());
    }

    /**
     * Brings in a plugin that is not there; it does not run yet.
     *
     * @throws CannotRun when the framework does not take it
     */
    public void install(StoredJar jar, Map<String, ModuleConfig> configs) throws CannotRun {
        Instance instance = runner.install(jar, Instance.relevant(jar, configs));
        instances.put(instance.symbolicName(), instance);
    }

    /**
     * Starts a plugin that was brought in.
     *
     * @throws CannotRun also when one of its components failed; it stays as it is then
     */
    public void start(Instance instance) throws CannotRun {
        boolean fresh = !instance.isStarted();
        runner.start(instance, limits.get().start());
        Optional<String> failure = readiness.failure(Set.of(instance.id()));
        if (failure.isPresent()) {
            throw new CannotRun(failure.get(), false);
        }
        if (fresh) {
            LOG.info("started plugin {}", instance.jar());
        }
    }

    /** True when one of its components could not be activated, and none of the others works. */
    public boolean hasFailed(Instance instance) {
        return readiness.failure(Set.of(instance.id())).isPresent()
                && catalog.offersOf(Set.of(instance.id())).isEmpty();
    }

    /**
     * Puts another jar in the place of the one that runs; those that use it get new instances too.
     *
     * @throws CannotRun when the other one does not work; what ran goes on then
     */
    public void upgrade(Instance running, StoredJar jar, Map<String, ModuleConfig> configs) throws CannotRun {
        replace(running, jar, configs);
        LOG.info("plugin {} took the place of {}", jar, running.jar().header().version());
    }

    /**
     * Gives a plugin its configurations; nobody notices a gap.
     *
     * @throws CannotRun when it cannot work with the new ones; it goes on with the old ones then
     */
    public void configure(Instance instance, Map<String, ModuleConfig> configs) throws CannotRun {
        Map<String, ModuleConfig> after = Instance.relevant(instance.jar(), configs);
        if (after.equals(instance.configs())) {
            return;
        }
        if (isGapless(instance, after)) {
            instances.put(instance.symbolicName(), runner.configure(instance, after));
        } else {
            replace(instance, instance.jar(), configs);
            LOG.info("plugin {} goes on with its new configuration", instance.jar());
        }
    }

    /** Takes a plugin out; those that use it are stopped first, and started again as far as they can do without it. */
    public void remove(Instance instance) {
        List<Instance> closure = Dependents.closure(instance, instances.values());
        Set<Long> ids = new HashSet<>(Swap.ids(closure));
        catalog.swap(Set.of(), ids);
        instances.remove(instance.symbolicName());
        swap.retire(closure, List.of(instance), limits.get());
        // The instance itself stays hidden if it did not end: what was taken out must not come back to life.
        ids.remove(instance.id());
        catalog.swap(ids, Set.of());
        LOG.info("removed plugin {}", instance.jar());
    }

    private void replace(Instance running, StoredJar jar, Map<String, ModuleConfig> configs) throws CannotRun {
        List<Replacement> replacements = Dependents.closure(running, instances.values()).stream()
                .map(old -> {
                    StoredJar next = old.equals(running) ? jar : old.jar();
                    return new Replacement(old, next, Instance.relevant(next, configs));
                })
                .toList();
        List<Instance> replaced = new ArrayList<>(swap.replace(replacements, limits.get()));
        replaced.forEach(instance -> instances.put(instance.symbolicName(), instance));
    }

    /**
     * True when Declarative Services changes every component concerned without taking its service away for a moment: it has a method for
     * that, or it is an instance that comes or goes, or nothing of it is offered yet.
     */
    private boolean isGapless(Instance instance, Map<String, ModuleConfig> after) {
        Set<String> changed = new TreeSet<>(after.keySet());
        changed.addAll(instance.configs().keySet());
        changed.removeIf(name -> Objects.equals(instance.configs().get(name), after.get(name)));
        return changed.stream()
                .allMatch(name -> isGapless(instance, instance.configs().get(name), after.get(name)));
    }

    private boolean isGapless(Instance instance, @Nullable ModuleConfig before, @Nullable ModuleConfig after) {
        ModuleConfig some = Objects.requireNonNullElse(after, before);
        if (!some.instance().isEmpty() && (before == null || after == null)) {
            return true;
        }
        List<Offer> offers = catalog.offersOf(Set.of(instance.id()));
        return instance.jar().header().components().stream()
                .filter(component -> component.pids().contains(some.module()))
                .allMatch(component ->
                        component.modifiable() || offers.stream().noneMatch(offer -> offer.isOf(component.name())));
    }
}

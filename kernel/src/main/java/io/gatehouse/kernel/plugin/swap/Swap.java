package io.gatehouse.kernel.plugin.swap;

import io.gatehouse.kernel.config.ModuleConfig;
import io.gatehouse.kernel.jars.StoredJar;
import io.gatehouse.kernel.plugin.module.Catalog;
import io.gatehouse.kernel.plugin.module.ChainUse;
import io.gatehouse.kernel.plugin.module.Offer;
import io.gatehouse.kernel.plugin.osgi.BundleRunner;
import io.gatehouse.kernel.plugin.osgi.CannotRun;
import io.gatehouse.kernel.plugin.osgi.Instance;
import io.gatehouse.kernel.plugin.osgi.Isolation;
import io.gatehouse.kernel.plugin.swap.Readiness.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts new instances in the place of old ones, all at once or not at all:
 *
 * <pre>
 *  install beside ─► start, hidden ─► offers all ─► healthy ─► one snapshot: new shown, old hidden ─► old drained ─► old removed
 *        └───────────────┴───────────────┴────────────┴──► new removed; the old ones never left
 * </pre>
 *
 * Plugins that hold what only one can hold go the other way round: the old one is hidden, drained and stopped first, and started again when
 * the new one fails; meanwhile its place in the chains is a hole that clients wait for. Used by one thread at a time; blocks.
 */
final class Swap {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);

    private static final Duration CLEANUP = Duration.ofSeconds(1);

    /** Components are activated when their bundle starts; what is not there soon after waits for something. */
    private static final Duration OFFERS = Duration.ofSeconds(2);

    private final BundleRunner runner;
    private final Catalog catalog;
    private final Isolation isolation;
    private final Readiness readiness;

    Swap(BundleRunner runner, Catalog catalog, Isolation isolation, Readiness readiness) {
        this.runner = runner;
        this.catalog = catalog;
        this.isolation = isolation;
        this.readiness = readiness;
    }

    /**
     * What to put in the place of one instance.
     *
     * @param old that runs
     * @param jar the same or another
     * @param configs the same or others
     */
    record Replacement(Instance old, StoredJar jar, Map<String, ModuleConfig> configs) {}

    /**
     * Replaces these instances.
     *
     * @param replacements whoever uses another comes before it
     * @return the new ones, in the same order
     * @throws CannotRun when one of the new ones does not work; then the old ones go on
     */
    List<Instance> replace(List<Replacement> replacements, Limits limits) throws CannotRun {
        List<Instance> old = replacements.stream().map(Replacement::old).toList();
        Set<Wanted> wanted = wanted(replacements);
        boolean exclusive = replacements.stream()
                .anyMatch(replacement -> replacement.jar().header().exclusive()
                        || replacement.old().jar().header().exclusive());
        List<Instance> staged = stage(replacements);
        isolation.separate(ids(staged), ids(old));
        try {
            if (exclusive) {
                standAside(old, limits);
            }
            startAll(staged, limits);
            readiness.await(ids(staged), wanted, OFFERS, limits.health());
            catalog.swap(ids(staged), ids(old));
        } catch (CannotRun | RuntimeException failure) {
            remove(staged, limits.drain());
            isolation.end();
            if (exclusive) {
                comeBack(old, limits);
            }
            throw failure;
        }
        isolation.end();
        retire(old, old, limits);
        return staged;
    }

    /**
     * Takes the second ones out for good, after what was going on with the first ones has ended.
     *
     * @param drained hidden already, whoever uses another before it
     */
    void retire(List<Instance> drained, List<Instance> old, Limits limits) {
        drain(drained, limits);
        remove(old, limits.drain());
    }

    /**
     * Every module that the old ones offer now has to be offered by the new ones, in the roles for which chains name it. A module that
     * the new jar does not have any more, or whose instance is no longer configured, may go if no chain names it.
     */
    private Set<Wanted> wanted(List<Replacement> replacements) {
        List<ChainUse> chains = ChainUse.of(catalog.config());
        Set<Wanted> wanted = new HashSet<>();
        for (Replacement replacement : replacements) {
            for (Offer offer : catalog.offersOf(Set.of(replacement.old().id()))) {
                if (isStillThere(replacement, offer.module())) {
                    wanted.add(new Wanted(offer.module(), List.of()));
                }
                chains.stream()
                        .filter(chain -> chain.names().contains(offer.module())
                                && chain.roles().stream().anyMatch(offer::has))
                        .forEach(chain -> wanted.add(new Wanted(offer.module(), chain.roles())));
            }
        }
        return wanted;
    }

    private static boolean isStillThere(Replacement replacement, String module) {
        boolean configured = !replacement.old().configs().containsKey(module)
                || replacement.configs().containsKey(module);
        return configured && replacement.jar().header().modules().contains(module.split("\\.", 2)[0]);
    }

    private List<Instance> stage(List<Replacement> replacements) throws CannotRun {
        List<Instance> staged = new ArrayList<>();
        try {
            for (Replacement replacement : replacements) {
                Instance instance = runner.install(replacement.jar(), replacement.configs());
                catalog.swap(Set.of(), Set.of(instance.id()));
                staged.add(instance);
            }
            return staged;
        } catch (CannotRun failure) {
            remove(staged, CLEANUP);
            throw failure;
        }
    }

    /** Whatever is used is started before its users. */
    private void startAll(List<Instance> staged, Limits limits) throws CannotRun {
        for (Instance instance : staged.reversed()) {
            try {
                runner.start(instance, limits.start());
            } catch (CannotRun failure) {
                throw staged.size() == 1
                        ? failure
                        : new CannotRun(instance.jar() + ": " + failure.sentence(), failure.waits());
            }
        }
    }

    private void standAside(List<Instance> old, Limits limits) {
        drain(old, limits);
        runner.stop(old, limits.drain());
    }

    private void comeBack(List<Instance> old, Limits limits) {
        for (Instance instance : old.reversed()) {
            try {
                runner.start(instance, limits.start());
            } catch (CannotRun failure) {
                LOG.error("plugin {} did not come back after a failed upgrade: {}", instance.jar(), failure.sentence());
            }
        }
        catalog.swap(ids(old), Set.of());
    }

    private void drain(List<Instance> old, Limits limits) {
        catalog.swap(Set.of(), ids(old));
        if (!catalog.drain(ids(old), limits.drain())) {
            LOG.warn(
                    "{} stopped although calls or conversations with it did not end within {} ms",
                    old.stream().map(instance -> instance.jar().toString()).toList(),
                    limits.drain().toMillis());
        }
    }

    /** What does not end stays hidden: a failed version must not come to life later. */
    private void remove(List<Instance> instances, Duration deadline) {
        runner.remove(instances, deadline);
        catalog.forget(ids(instances.stream().filter(Instance::isGone).toList()));
    }

    static Set<Long> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).collect(Collectors.toSet());
    }
}

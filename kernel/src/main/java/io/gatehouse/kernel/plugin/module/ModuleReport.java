package io.gatehouse.kernel.plugin.module;

import io.gatehouse.kernel.plugin.PluginFailure;
import io.gatehouse.kernel.plugin.module.Catalog.LiveOffer;
import io.gatehouse.kernel.security.GateMeter;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.ModuleInfo.State;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells operators about every module: put together from the components that run or wait, the jars that failed, and the names in chains
 * that nobody answers to. Any thread; takes locks of the framework for a moment.
 */
public final class ModuleReport {
    private final Catalog catalog;
    private final GateMeters meters;
    private final HealthWatch health;
    private final Supplier<List<ComponentState>> components;
    private final Supplier<List<PluginFailure>> failures;

    /**
     * Put together from these.
     *
     * @param components all that have roles, running or not
     * @param failures the jars that do not run
     */
    public ModuleReport(
            Catalog catalog,
            GateMeters meters,
            HealthWatch health,
            Supplier<List<ComponentState>> components,
            Supplier<List<PluginFailure>> failures) {
        this.catalog = catalog;
        this.meters = meters;
        this.health = health;
        this.components = components;
        this.failures = failures;
    }

    /** Every module that is installed or named in a chain, by name. */
    public List<ModuleInfo> modules() {
        Map<String, ModuleInfo> found = new TreeMap<>();
        List<LiveOffer> offers = catalog.offers();
        offers.forEach(live -> add(found, offered(live)));
        components.get().stream()
                .filter(component -> !catalog.isHidden(component.bundleId()))
                .filter(component -> offers.stream().map(LiveOffer::offer).noneMatch(component::isRunningAs))
                .forEach(component -> add(found, waiting(component)));
        failures.get().forEach(failure -> failed(failure).forEach(info -> add(found, info)));
        List<ChainUse> chains = ChainUse.of(catalog.config());
        chains.forEach(chain -> chain.names().forEach(name -> judge(found, chain, name)));
        return List.copyOf(found.values());
    }

    /**
     * Several things may be said about one name, for example when a second jar of the same bundle failed: the better state counts, the
     * roles of what runs add up, and what is wrong with the other is not lost.
     */
    private static void add(Map<String, ModuleInfo> found, ModuleInfo info) {
        found.merge(info.name(), info, (one, other) -> {
            boolean firstIsBetter = one.state().compareTo(other.state()) <= 0;
            ModuleInfo better = firstIsBetter ? one : other;
            ModuleInfo worse = firstIsBetter ? other : one;
            List<String> roles = runs(worse) ? union(better.roles(), worse.roles()) : better.roles();
            return with(better, better.state(), roles, better.detail().isEmpty() ? worse.detail() : better.detail());
        });
    }

    private static boolean runs(ModuleInfo info) {
        return switch (info.state()) {
            case ACTIVE, DEGRADED -> true;
            case WAITING, ABSENT, FAILED -> false;
        };
    }

    private static List<String> union(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).sorted().distinct().toList();
    }

    private ModuleInfo offered(LiveOffer live) {
        Offer offer = live.offer();
        Optional<String> degraded = troubles(
                health.degraded(offer.module()), meters.of(offer.module()).trouble(offer.service()));
        return live(
                live,
                offer.module(),
                offer.bundle(),
                offer.version(),
                degraded.isPresent() ? State.DEGRADED : State.ACTIVE,
                Roles.words(offer.roles()),
                degraded.orElse(""));
    }

    /** What the module says of itself, then what the kernel holds against it. */
    private static Optional<String> troubles(Optional<String> own, Optional<String> kernels) {
        return own.isPresent() && kernels.isPresent()
                ? Optional.of(own.get() + "; " + kernels.get())
                : own.or(() -> kernels);
    }

    private ModuleInfo waiting(ComponentState component) {
        return info(
                component.module(),
                component.bundle(),
                component.version(),
                component.failed() ? State.FAILED : State.WAITING,
                component.roles(),
                component.sentence());
    }

    /** A jar whose modules are unknown is listed under its own name, so that it is not overlooked. */
    private List<ModuleInfo> failed(PluginFailure failure) {
        List<String> names = failure.modules().isEmpty() ? List.of(failure.jar()) : failure.modules();
        return names.stream()
                .map(name -> info(
                        name,
                        failure.bundle(),
                        failure.version(),
                        State.FAILED,
                        List.of(),
                        failure.jar() + ": " + failure.sentence()))
                .toList();
    }

    private void judge(Map<String, ModuleInfo> found, ChainUse chain, String name) {
        ModuleInfo info = found.get(name);
        if (info == null) {
            found.put(name, info(name, "", "", State.ABSENT, List.of(), absent(found.keySet(), chain, name)));
        } else if (runs(info) && chain.isUselessHere(info.roles())) {
            String sentence = chain.key() + " names it, but it is no " + String.join(" or ", Roles.words(chain.roles()))
                    + ": take it out of " + chain.key();
            found.put(name, with(info, State.DEGRADED, info.roles(), sentence));
        }
    }

    private static String absent(Collection<String> known, ChainUse chain, String name) {
        int dot = name.indexOf('.');
        String module = dot < 0 ? name : name.substring(0, dot);
        boolean moduleIsThere =
                known.stream().anyMatch(other -> other.equals(module) || other.startsWith(module + "."));
        if (dot >= 0 && moduleIsThere) {
            return chain.key() + " names it, but " + module + " has no such instance: add " + module + " { "
                    + name.substring(dot + 1) + " { ... } } to the configuration";
        }
        return chain.key() + " names it, but no plugin offers it: put its jar into plugins/, or take it out of "
                + chain.key();
    }

    private ModuleInfo info(
            String name, String bundle, String version, State state, List<String> roles, String detail) {
        GateMeter meter = meters.of(name);
        return new ModuleInfo(
                name,
                bundle,
                version,
                state,
                0,
                Instant.EPOCH,
                roles,
                detail,
                meter.calls(),
                meter.refusals(),
                meter.failures(),
                meter.p99(),
                0);
    }

    private ModuleInfo live(
            LiveOffer live,
            String name,
            String bundle,
            String version,
            State state,
            List<String> roles,
            String detail) {
        ModuleInfo info = info(name, bundle, version, state, roles, detail);
        return new ModuleInfo(
                name,
                bundle,
                version,
                state,
                live.generation(),
                live.since(),
                roles,
                detail,
                info.calls(),
                info.refusals(),
                info.failures(),
                info.p99(),
                catalog.holder().leases(live.offer().service()));
    }

    private static ModuleInfo with(ModuleInfo info, State state, List<String> roles, String detail) {
        return new ModuleInfo(
                info.name(),
                info.bundle(),
                info.version(),
                state,
                info.generation(),
                info.since(),
                roles,
                detail,
                info.calls(),
                info.refusals(),
                info.failures(),
                info.p99(),
                info.leases());
    }
}

package io.gatehouse.kernel.plugin.osgi;

import io.gatehouse.kernel.jars.JarHeader;
import io.gatehouse.kernel.plugin.osgi.felix.RootCause;
import io.gatehouse.kernel.plugin.osgi.rights.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/**
 * Says in one sentence why a bundle does not run: what it needs, who offers what, and what to do. The framework knows it, but tells it in
 * the words of its resolver; so the bundle's requirements are looked at here once more.
 */
final class BundleWords {
    private final BundleContext context;
    private final Isolation isolation;

    BundleWords(BundleContext context, Isolation isolation) {
        this.context = context;
        this.isolation = isolation;
    }

    /** Why a fragment must not be installed: its classes would count as the framework's, and never leave; empty when it may. */
    Optional<String> intrusion(JarHeader header) {
        String host = header.fragmentHost();
        boolean house = host.equals(Constants.SYSTEM_BUNDLE_SYMBOLICNAME)
                || Stream.of(context.getBundles())
                        .anyMatch(bundle -> !Rights.isPlugin(bundle) && host.equals(bundle.getSymbolicName()));
        return house
                ? Optional.of("it is a fragment of " + host
                        + ", which belongs to Gatehouse: build it as a bundle of its own, or as a fragment of a plugin")
                : Optional.empty();
    }

    /** Why a jar could not be installed. */
    String notInstalled(BundleException e) {
        return "the OSGi framework does not take it (" + firstSentence(e) + "): build it with bnd";
    }

    /** Why an installed bundle could not be started. */
    String notStarted(Bundle bundle, BundleException e) {
        return switch (e.getType()) {
            case BundleException.RESOLVE_ERROR -> notResolved(bundle, e);
            case BundleException.ACTIVATOR_ERROR ->
                "its bundle activator failed (" + RootCause.of(e)
                        + "): ask its author, or go back to the version before";
            default -> "it could not be started (" + RootCause.of(e) + ")";
        };
    }

    private String notResolved(Bundle bundle, BundleException e) {
        List<String> reasons = new ArrayList<>();
        for (BundleRequirement requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            List<BundleCapability> offers = capabilities(bundle, requirement.getNamespace())
                    .filter(requirement::matches)
                    .toList();
            if (!isMandatory(requirement)) {
                continue;
            }
            if (offers.isEmpty()) {
                reasons.add(missing(bundle, requirement));
            } else if (offers.stream().allMatch(offer -> isUnresolved(offer, bundle))) {
                reasons.add("it needs bundle " + offers.getFirst().getRevision().getSymbolicName()
                        + ", which does not run itself: mend that one first");
            }
        }
        return reasons.isEmpty()
                ? "what it needs is there but does not fit together (" + firstSentence(e) + ")"
                : String.join("; ", reasons);
    }

    private String missing(Bundle bundle, BundleRequirement requirement) {
        String filter = Objects.toString(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE), "");
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE ->
                missingPackage(bundle, FilterWords.of(PackageNamespace.PACKAGE_NAMESPACE, filter));
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                "it needs " + filter + ", but this is Java " + Runtime.version().feature()
                        + ": run a newer Java, or build it for this one";
            default ->
                "it needs a bundle that provides " + requirement.getNamespace() + " " + filter
                        + ", and nobody does: put one into plugins/";
        };
    }

    private String missingPackage(Bundle bundle, FilterWords wanted) {
        List<String> offers = capabilities(bundle, PackageNamespace.PACKAGE_NAMESPACE)
                .filter(offer -> wanted.name().equals(offer.getAttributes().get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(BundleWords::offer)
                .toList();
        String who = offers.isEmpty() ? "nobody offers it" : "only " + String.join(" and ", offers);
        String todo = wanted.name().startsWith("io.gatehouse.sdk.") && !offers.isEmpty()
                ? "build it against the SDK of this version of Gatehouse"
                : "put a bundle that exports it into plugins/, or pack it into the jar";
        return "it needs the package " + wanted + ", but " + who + ": " + todo;
    }

    private static boolean isUnresolved(BundleCapability offer, Bundle asking) {
        Bundle by = offer.getRevision().getBundle();
        return !by.equals(asking) && by.getState() == Bundle.INSTALLED;
    }

    private static String offer(BundleCapability capability) {
        Bundle by = capability.getRevision().getBundle();
        Object version = capability.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE);
        return version + " is offered by " + (by.getBundleId() == 0 ? "Gatehouse" : by.getSymbolicName());
    }

    private Stream<BundleCapability> capabilities(Bundle asking, String namespace) {
        return Stream.of(context.getBundles())
                .filter(provider -> !isolation.isHidden(asking, provider))
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(Objects::nonNull)
                .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream());
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        String effective = requirement.getDirectives().get(Constants.EFFECTIVE_DIRECTIVE);
        return !Constants.RESOLUTION_OPTIONAL.equals(requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE))
                && !"dynamic".equals(requirement.getDirectives().get(Constants.RESOLUTION_DIRECTIVE))
                && (effective == null || effective.equals(Constants.EFFECTIVE_RESOLVE));
    }

    private static String firstSentence(Throwable thrown) {
        return Objects.toString(thrown.getMessage(), thrown.getClass().getSimpleName())
                .lines()
                .findFirst()
                .orElse("");
    }
}

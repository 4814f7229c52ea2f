package io.gatehouse.kernel.plugin.osgi;

import io.gatehouse.kernel.plugin.module.ComponentState;
import io.gatehouse.kernel.plugin.module.Roles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Asks Declarative Services which components with SDK roles do not run, and says why in plain words. */
final class ComponentWatch {
    private final ServiceComponentRuntime runtime;

    ComponentWatch(ServiceComponentRuntime runtime) {
        this.runtime = runtime;
    }

    /** All components with at least one role, running or not; those that run are better known to the {@code Catalog}. */
    List<ComponentState> components() {
        Collection<ComponentDescriptionDTO> all = runtime.getComponentDescriptionDTOs();
        List<ComponentState> states = new ArrayList<>();
        for (ComponentDescriptionDTO component : all) {
            List<String> roles = Roles.words(Roles.among(Arrays.asList(component.serviceInterfaces)));
            if (roles.isEmpty()) {
                continue;
            }
            Collection<ComponentConfigurationDTO> instances = runtime.getComponentConfigurationDTOs(component);
            if (instances.isEmpty()) {
                states.add(state(component, component.name, roles, false, withoutInstance(component)));
            }
            for (ComponentConfigurationDTO instance : instances) {
                String name = ModuleName.of(instance.properties::get).orElse(component.name);
                boolean failed = instance.failure != null;
                states.add(state(component, name, roles, failed, sentence(instance, all)));
            }
        }
        return states;
    }

    private String withoutInstance(ComponentDescriptionDTO component) {
        return runtime.isComponentEnabled(component)
                ? needsConfiguration(component)
                : "it is disabled: its bundle has to enable it";
    }

    private String sentence(ComponentConfigurationDTO instance, Collection<ComponentDescriptionDTO> all) {
        if (instance.failure != null) {
            return "it could not be activated (" + rootLine(instance.failure)
                    + "): correct what it complains about, then change its configuration or put its jar in again";
        }
        return switch (instance.state) {
            case ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION -> needsConfiguration(instance.description);
            case ComponentConfigurationDTO.UNSATISFIED_REFERENCE ->
                Stream.of(instance.unsatisfiedReferences)
                        .map(reference -> missing(instance.description, reference, all))
                        .collect(Collectors.joining("; "));
            default ->
                "it is registered, but not with the SDK of Gatehouse: build its jar without a copy of the SDK's classes";
        };
    }

    private static String needsConfiguration(ComponentDescriptionDTO component) {
        return "it does not run without configuration: add " + component.name + " { ... } to the configuration";
    }

    private static String missing(
            ComponentDescriptionDTO component,
            UnsatisfiedReferenceDTO reference,
            Collection<ComponentDescriptionDTO> all) {
        String wanted = Stream.of(component.references)
                .filter(declared -> declared.name.equals(reference.name))
                .map((ReferenceDTO declared) -> declared.interfaceName)
                .findFirst()
                .orElse(reference.name);
        String target = reference.target == null ? "" : " with " + reference.target;
        return "it waits for a service " + wanted + target
                + all.stream()
                        .filter(other -> Arrays.asList(other.serviceInterfaces).contains(wanted))
                        .findFirst()
                        .map(other -> notOffered(component, other))
                        .orElse(", which nobody offers: put a bundle that does into plugins/");
    }

    private static String notOffered(ComponentDescriptionDTO waiting, ComponentDescriptionDTO other) {
        List<String> offered = Arrays.asList(waiting.serviceInterfaces);
        boolean circle = Stream.of(other.references)
                .anyMatch(reference ->
                        offered.contains(reference.interfaceName) && reference.cardinality.startsWith("1"));
        return ", which component " + other.name + " of bundle " + other.bundle.symbolicName + " would offer but "
                + (circle
                        ? "waits for this one: make one of the two references optional"
                        : "does not: see why that one does not run");
    }

    /** SCR gives the stack trace as text; the last cause says most. */
    private static String rootLine(String stackTrace) {
        String root = stackTrace.lines().findFirst().orElse("");
        for (String line : stackTrace.lines().toList()) {
            if (line.startsWith("Caused by: ")) {
                root = line.substring("Caused by: ".length());
            }
        }
        return root;
    }

    private static ComponentState state(
            ComponentDescriptionDTO component, String name, List<String> roles, boolean failed, String sentence) {
        return new ComponentState(
                name,
                Objects.toString(component.bundle.symbolicName, ""),
                Objects.toString(component.bundle.version, ""),
                component.bundle.id,
                roles,
                failed,
                sentence);
    }
}

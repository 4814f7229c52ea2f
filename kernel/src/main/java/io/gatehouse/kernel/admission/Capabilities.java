package io.gatehouse.kernel.admission;

import io.gatehouse.sdk.mqtt.TopicFilters;
import io.gatehouse.sdk.plugin.Capability;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a plugin says that it does beyond computing.
 *
 * @param declared what it may do
 * @param publishesTo filters of the topics to which it may publish messages of its own
 * @param exclusive whether two versions of it must not run side by side
 */
public record Capabilities(Set<Capability> declared, List<String> publishesTo, boolean exclusive) {
    /** Those of a plugin that declares nothing. */
    public static final Capabilities NONE = new Capabilities(Set.of(), List.of(), false);

    public Capabilities {
        declared = Set.copyOf(declared);
        publishesTo = List.copyOf(publishesTo);
    }

    public boolean declares(Capability capability) {
        return declared.contains(capability);
    }

    /** Whether the plugin said that it publishes to this topic; any thread, does not block. */
    public boolean mayPublishTo(String topic) {
        return publishesTo.stream().anyMatch(filter -> TopicFilters.matches(filter, topic));
    }

    /** The names as manifests and operators write them, sorted. */
    public List<String> names() {
        Set<String> names = new TreeSet<>();
        declared.forEach(capability -> names.add(nameOf(capability)));
        return List.copyOf(names);
    }

    /** {@code native-code} for {@link Capability#NATIVE_CODE}. */
    public static String nameOf(Capability capability) {
        return capability.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

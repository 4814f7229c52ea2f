package io.gatehouse.kernel.admission;

import io.gatehouse.sdk.mqtt.TopicFilters;
import io.gatehouse.sdk.plugin.Capability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.jar.Attributes;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the headers that bnd makes of the SDK's annotations. What is written several times, because several classes say it, counts once;
 * what is not understood is refused, because it might be meant as a restriction.
 */
public final class CapabilityHeaders {
    /** The capabilities, separated by commas. */
    public static final String CAPABILITIES = "Gatehouse-Capabilities";

    /** Topic filters, separated by commas. */
    public static final String PUBLISHES_TO = "Gatehouse-Publishes-To";

    /** {@code true} for a plugin of which two versions must not run side by side. */
    public static final String EXCLUSIVE = "Gatehouse-Exclusive";

    private static final int MAX_ELEMENTS = 256;
    private static final int MAX_SHOWN = 60;

    /** What bnd passes through unchanged and needs no quotes. */
    private static final Pattern FILTER = Pattern.compile("[A-Za-z0-9_./+#$-]{1,512}");

    private static final Map<String, Capability> KNOWN = Stream.of(Capability.values())
            .collect(Collectors.toUnmodifiableMap(Capabilities::nameOf, Function.identity()));

    private CapabilityHeaders() {}

    /** What came of reading them. */
    public sealed interface Result {
        /** The headers are right, or there are none. */
        record Good(Capabilities capabilities) implements Result {}

        /**
         * They are not.
         *
         * @param sentence why and what to do, for an operator; its subject is the plugin, "it"
         */
        record Bad(String sentence) implements Result {}
    }

    /** Reads the main attributes of a manifest; any thread, does not block. */
    public static Result read(Attributes manifest) {
        List<String> names = elements(manifest, CAPABILITIES);
        List<String> filters = elements(manifest, PUBLISHES_TO);
        List<String> exclusive = elements(manifest, EXCLUSIVE);
        return Stream.of(
                        tooMany(CAPABILITIES, names),
                        tooMany(PUBLISHES_TO, filters),
                        firstOther(names, KNOWN::containsKey).map(CapabilityHeaders::unknownCapability),
                        firstOther(filters, CapabilityHeaders::isFilter).map(CapabilityHeaders::noFilter),
                        firstOther(exclusive, Set.of("true", "false")::contains)
                                .map(CapabilityHeaders::neitherTrueNorFalse))
                .flatMap(Optional::stream)
                .findFirst()
                .<Result>map(Result.Bad::new)
                .orElseGet(() -> new Result.Good(new Capabilities(
                        known(names), new ArrayList<>(new LinkedHashSet<>(filters)), exclusive.contains("true"))));
    }

    /** The elements of a header; of one that is absent none, of one that is empty an empty one. */
    private static List<String> elements(Attributes manifest, String header) {
        String value = manifest.getValue(header);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(",", MAX_ELEMENTS + 1))
                        .map(String::strip)
                        .toList();
    }

    private static Set<Capability> known(List<String> names) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        names.forEach(name -> capabilities.add(KNOWN.get(name)));
        return capabilities;
    }

    private static boolean isFilter(String text) {
        return FILTER.matcher(text).matches() && TopicFilters.isValidFilter(text);
    }

    private static Optional<String> firstOther(List<String> elements, java.util.function.Predicate<String> allowed) {
        return elements.stream().filter(allowed.negate()).findFirst();
    }

    private static Optional<String> tooMany(String header, List<String> elements) {
        return elements.size() <= MAX_ELEMENTS
                ? Optional.empty()
                : Optional.of("its manifest header " + header + " has more than " + MAX_ELEMENTS
                        + " elements: say less, or use wildcards");
    }

    private static String unknownCapability(String name) {
        return "it declares the capability \"" + shown(name) + "\" in its manifest header " + CAPABILITIES
                + ", which this version does not know: use "
                + KNOWN.keySet().stream().sorted().collect(Collectors.joining(", "))
                + ", or a version of the broker that knows it";
    }

    private static String noFilter(String filter) {
        return "its manifest header " + PUBLISHES_TO + " holds \"" + shown(filter)
                + "\", which is no topic filter of letters, digits and - _ . / + # $: correct it";
    }

    private static String neitherTrueNorFalse(String value) {
        return "its manifest header " + EXCLUSIVE + " must be true or false, not \"" + shown(value) + "\": correct it";
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7E]", "?");
        return printable.length() > MAX_SHOWN ? printable.substring(0, MAX_SHOWN) + "..." : printable;
    }
}

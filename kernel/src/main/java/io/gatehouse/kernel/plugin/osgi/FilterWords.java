package io.gatehouse.kernel.plugin.osgi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An import read back from the LDAP filter that the framework made of it.
 *
 * @param name such as {@code com.acme.util}
 * @param range such as {@code [1.0.0,2.0.0)}; empty for any version
 */
record FilterWords(String name, String range) {
    private static final Pattern NAME = Pattern.compile("\\(([\\w.]+)=([\\w.]+)\\)");
    private static final Pattern BOUND = Pattern.compile("(!?)\\(version(>=|<=)([\\w.-]+)\\)");

    /** Reads {@code (&(namespace=name)(version>=1.0.0)(!(version>=2.0.0)))}. */
    static FilterWords of(String namespace, String filter) {
        String name = "";
        Matcher names = NAME.matcher(filter);
        while (names.find()) {
            if (names.group(1).equals(namespace)) {
                name = names.group(2);
            }
        }
        String low = "";
        String high = "";
        Matcher bounds = BOUND.matcher(filter);
        while (bounds.find()) {
            boolean not = !bounds.group(1).isEmpty();
            boolean atLeast = bounds.group(2).equals(">=");
            String version = bounds.group(3);
            if (atLeast != not) {
                low = (not ? "(" : "[") + version;
            } else {
                high = version + (not ? ")" : "]");
            }
        }
        return new FilterWords(name, high.isEmpty() ? (low.isEmpty() ? "" : low + ",)") : low + "," + high);
    }

    /** The name, and the range if there is one. */
    @Override
    public String toString() {
        return range.isEmpty() ? name : name + " " + range;
    }
}

package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checksums of files, written {@code sha256:} and 64 hexadecimal digits; read into the digits in lower case. */
record DigestList() implements ValueType<Set<String>> {
    private static final int MAX_DIGESTS = 10_000;
    private static final String PREFIX = "sha256:";
    private static final Pattern DIGEST = Pattern.compile(PREFIX + "[0-9a-fA-F]{64}");

    @Override
    public Reading<Set<String>> read(ConfigValue value) {
        if (value.valueType() != ConfigValueType.LIST || ((ConfigList) value).size() > MAX_DIGESTS) {
            return refuse(value);
        }
        Set<String> digests = new LinkedHashSet<>();
        List<Reading.Fault> faults = new ArrayList<>();
        int index = 0;
        for (ConfigValue element : (ConfigList) value) {
            String text = Scalars.text(element).orElse("");
            if (DIGEST.matcher(text).matches()) {
                digests.add(text.substring(PREFIX.length()).toLowerCase(Locale.ROOT));
            } else if (!Resolution.isStandIn(element)) {
                faults.add(new Reading.Fault(
                        index, "must be \"sha256:\" and 64 hexadecimal digits, not " + Found.in(element)));
            }
            index++;
        }
        return faults.isEmpty() ? Reading.good(Set.copyOf(digests)) : new Reading.Bad<>(List.copyOf(faults));
    }

    @Override
    public String allowed() {
        return "a list of at most " + MAX_DIGESTS + " checksums such as [\"sha256:9f86d081...\"]";
    }
}

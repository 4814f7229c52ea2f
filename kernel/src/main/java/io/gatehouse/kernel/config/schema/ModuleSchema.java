package io.gatehouse.kernel.config.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one module may be told.
 *
 * @param module its name, which is also its Config Admin PID
 * @param factory whether it is configured per instance
 * @param described whether the module says which settings it takes; if not, it takes any
 * @param attributes its settings, in the order of the description
 */
public record ModuleSchema(String module, boolean factory, boolean described, List<Attribute> attributes) {
    public ModuleSchema {
        attributes = List.copyOf(attributes);
    }

    /** A module that does not say which settings it takes. */
    static ModuleSchema undescribed(String module) {
        return new ModuleSchema(module, false, false, List.of());
    }

    /** The settings by the key that operators write; of two with the same key the first. */
    public Map<String, Attribute> byKey() {
        Map<String, Attribute> byKey = new LinkedHashMap<>();
        attributes.forEach(attribute -> byKey.putIfAbsent(attribute.key(), attribute));
        return byKey;
    }

    /** The setting with this key. */
    public Optional<Attribute> attribute(String key) {
        return attributes.stream().filter(a -> a.key().equals(key)).findFirst();
    }
}

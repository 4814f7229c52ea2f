package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of sections that all have the same keys; each section becomes one value.
 *
 * @param most how many sections there may be
 * @param fields what each has
 * @param maker makes the value of what was read, when all fields are right
 * @param example a section, for messages
 */
record SectionList<T>(int most, List<Field<?>> fields, Function<Values, Reading<T>> maker, String example)
        implements ValueType<List<T>> {
    SectionList {
        fields = List.copyOf(fields);
    }

    /**
     * One key of each section.
     *
     * @param fallback its default; null when it must be there
     */
    record Field<V>(
            String name, ValueType<V> type, @Nullable V fallback) {}

    /** What was read for the fields of one section. */
    static final class Values {
        private final Map<Field<?>, Object> values = new HashMap<>();

        <V> V get(Field<V> field) {
            Object value = values.getOrDefault(field, field.fallback());
            if (value == null) {
                throw new IllegalStateException(field.name() + " was not read");
            }
            // Only put() writes, and it writes what the field's own type made.
            @SuppressWarnings("unchecked")
            V typed = (V) value;
            return typed;
        }

        private <V> void put(Field<V> field, V value) {
            values.put(field, value);
        }
    }

    @Override
    public Reading<List<T>> read(ConfigValue value) {
        if (value.valueType() != ConfigValueType.LIST || ((ConfigList) value).size() > most) {
            return refuse(value);
        }
        List<T> made = new ArrayList<>();
        List<Reading.Fault> faults = new ArrayList<>();
        int index = 0;
        for (ConfigValue element : (ConfigList) value) {
            if (element instanceof ConfigObject section) {
                section(index, section, made, faults);
            } else if (!Resolution.isStandIn(element)) {
                faults.add(new Reading.Fault(index, "must be a section such as " + example + ", not a single value"));
            }
            index++;
        }
        return faults.isEmpty() ? Reading.good(List.copyOf(made)) : new Reading.Bad<>(List.copyOf(faults));
    }

    private void section(int index, ConfigObject section, List<T> made, List<Reading.Fault> faults) {
        int before = faults.size();
        List<String> known = fields.stream().map(Field::name).toList();
        section.keySet().stream().filter(key -> !known.contains(key)).sorted().forEach(key -> {
            String hint = Spelling.closest(key, known)
                    .map(meant -> "did you mean `" + meant + "`?")
                    .orElse("there are " + String.join(", ", known));
            faults.add(new Reading.Fault(index, key, "is not a known setting; " + hint));
        });
        Values values = new Values();
        boolean complete = true;
        for (Field<?> field : fields) {
            complete &= field(index, field, section.get(field.name()), values, faults);
        }
        if (complete && faults.size() == before) {
            switch (maker.apply(values)) {
                case Reading.Good<T> good -> made.add(good.value());
                case Reading.Bad<T> bad ->
                    bad.faults().forEach(fault -> faults.add(new Reading.Fault(index, fault.key(), fault.message())));
            }
        }
    }

    /** Reads one field; false when there is nothing to make a value of. */
    private static <V> boolean field(
            int index, Field<V> field, @Nullable ConfigValue value, Values values, List<Reading.Fault> faults) {
        if (value == null) {
            if (field.fallback() == null) {
                faults.add(new Reading.Fault(
                        index,
                        field.name(),
                        "is missing: it must be " + field.type().allowed()));
            }
            return true;
        }
        if (Resolution.isStandIn(value)) {
            return false;
        }
        switch (field.type().read(value)) {
            case Reading.Good<V> good -> values.put(field, good.value());
            case Reading.Bad<V> bad ->
                bad.faults().forEach(fault -> faults.add(new Reading.Fault(index, field.name(), fault.message())));
        }
        return true;
    }

    @Override
    public boolean holdsSections() {
        return true;
    }

    @Override
    public String allowed() {
        return "a list of at most " + most + " sections such as [" + example + "]";
    }
}

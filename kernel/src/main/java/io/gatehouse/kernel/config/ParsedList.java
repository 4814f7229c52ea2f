package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A list of texts that each stand for something.
 *
 * @param most how many there may be
 * @param parser from a text to what it stands for; empty for a text that is none
 * @param element what one must be, to follow "must be"
 */
record ParsedList<T>(int most, Function<String, Optional<T>> parser, String element) implements ValueType<List<T>> {
    @Override
    public Reading<List<T>> read(ConfigValue value) {
        if (value.valueType() != ConfigValueType.LIST || ((ConfigList) value).size() > most) {
            return refuse(value);
        }
        List<T> elements = new ArrayList<>();
        List<Reading.Fault> faults = new ArrayList<>();
        int index = 0;
        for (ConfigValue one : (ConfigList) value) {
            Optional<T> read = Scalars.text(one).flatMap(parser);
            if (read.isPresent()) {
                elements.add(read.get());
            } else if (!Resolution.isStandIn(one)) {
                faults.add(new Reading.Fault(index, "must be " + element + ", not " + Found.in(one)));
            }
            index++;
        }
        return faults.isEmpty() ? Reading.good(List.copyOf(elements)) : new Reading.Bad<>(List.copyOf(faults));
    }

    @Override
    public String allowed() {
        return "a list of at most " + most + ", each " + element;
    }
}

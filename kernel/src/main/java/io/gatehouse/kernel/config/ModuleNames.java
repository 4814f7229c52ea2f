package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A chain: module names in the order in which they are asked, none twice. */
record ModuleNames() implements ValueType<List<String>> {
    private static final int MAX_NAMES = 64;
    private static final int MAX_LENGTH = 128;
    private static final Pattern MODULE = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern INSTANCE = Pattern.compile("[a-z0-9-]+");

    /** Whether a top-level key can be the name of a module. */
    static boolean isModule(String name) {
        return name.length() <= MAX_LENGTH && MODULE.matcher(name).matches();
    }

    /** Whether a key can be the name of a factory instance. */
    static boolean isInstance(String name) {
        return name.length() <= MAX_LENGTH && INSTANCE.matcher(name).matches();
    }

    private static boolean isName(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? isModule(name) : isModule(name.substring(0, dot)) && isInstance(name.substring(dot + 1));
    }

    @Override
    public Reading<List<String>> read(ConfigValue value) {
        if (value.valueType() != ConfigValueType.LIST || ((ConfigList) value).size() > MAX_NAMES) {
            return refuse(value);
        }
        List<String> names = new ArrayList<>();
        List<Reading.Fault> faults = new ArrayList<>();
        for (ConfigValue element : (ConfigList) value) {
            int index = names.size();
            String name = Scalars.text(element).orElse("");
            if (Resolution.isStandIn(element)) {
                name = "unresolved-" + index;
            } else if (!isName(name)) {
                faults.add(new Reading.Fault(
                        index,
                        "must be a module name such as auth-builtin or auth-ldap.corp, not " + Found.in(element)));
            } else if (names.contains(name)) {
                faults.add(new Reading.Fault(index, "names " + name + " a second time: a module is asked once"));
            }
            names.add(name);
        }
        return faults.isEmpty() ? Reading.good(List.copyOf(names)) : new Reading.Bad<>(List.copyOf(faults));
    }

    @Override
    public String allowed() {
        return "a list of at most " + MAX_NAMES + " module names such as [auth-builtin, auth-ldap.corp]";
    }
}

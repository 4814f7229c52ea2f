package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.gatehouse.kernel.config.hocon.KeyPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks {@code listeners.<kind>.<name> { ... }}. */
final class ListenerSections {
    static final String SECTION = "listeners";
    static final KeyPath DEFAULT_BIND = KeyPath.of(SECTION, "tcp", "default", "bind");
    static final String DEFAULT_ADDRESS = "127.0.0.1:1883";

    private static final String TCP = "tcp";
    private static final List<String> LATER = List.of("tls", "ws", "wss");
    private static final int DEFAULT_MAX_CONNECTIONS = 1_000_000;

    private static final String BIND = "bind";
    private static final String MAX_CONNECTIONS = "max-connections";
    private static final String ENABLED = "enabled";
    private static final IntegerType CONNECTIONS = new IntegerType(1, 10_000_000);

    private final Checker checker;
    private final Map<String, ListenerConfig> listeners = new LinkedHashMap<>();

    /** The addresses taken so far, by the path of the listener. */
    private final Map<KeyPath, BindAddress> taken = new LinkedHashMap<>();

    ListenerSections(Checker checker) {
        this.checker = checker;
    }

    Map<String, ListenerConfig> listeners() {
        return listeners;
    }

    void check(ConfigObject root) {
        KeyPath path = KeyPath.of(SECTION);
        ConfigValue value = root.get(SECTION);
        Optional<ConfigObject> section = value == null ? Optional.empty() : checker.section(path, value);
        if (section.isEmpty()) {
            return;
        }
        for (Map.Entry<String, ConfigValue> kind : section.get().entrySet()) {
            if (kind.getKey().equals(TCP)) {
                checker.section(path.child(TCP), kind.getValue()).ifPresent(this::tcp);
            } else if (LATER.contains(kind.getKey())) {
                KeyPath refused = path.child(kind.getKey());
                checker.problems()
                        .error(
                                checker.place(refused, kind.getValue()),
                                "`" + refused + "` is not available in this version: use a tcp listener");
            }
        }
        ConfigObject rest = section.get();
        for (String later : LATER) {
            rest = rest.withoutKey(later);
        }
        checker.unknownKeys(path, rest, List.of(TCP));
    }

    private void tcp(ConfigObject section) {
        List<KeyPath> names = new ArrayList<>();
        section.keySet().forEach(name -> names.add(KeyPath.of(SECTION, TCP, name)));
        // The built-in listener first: when its address is taken twice, the place to name is the one in a file.
        names.sort(Comparator.comparing((KeyPath path) -> !hasDefaultBind(section.get(path.last())))
                .thenComparing(KeyPath::last));
        for (KeyPath path : names) {
            ConfigValue value = Objects.requireNonNull(section.get(path.last()));
            if (!ModuleNames.isInstance(path.last())) {
                checker.problems()
                        .error(
                                checker.place(path, value),
                                "`" + path + "`: the name of a listener is made of a-z, 0-9 and dashes");
            }
            checker.section(path, value).ifPresent(listener -> listener(path, listener));
        }
    }

    private static boolean hasDefaultBind(@Nullable ConfigValue listener) {
        ConfigValue bind = listener instanceof ConfigObject object ? object.get(BIND) : null;
        return bind != null && Places.isDefault(bind);
    }

    private void listener(KeyPath path, ConfigObject listener) {
        checker.unknownKeys(path, listener, List.of(BIND, MAX_CONNECTIONS, ENABLED));
        ConfigValue bind = listener.get(BIND);
        Optional<BindAddress> address =
                bind == null ? Optional.empty() : checker.value(path.child(BIND), bind, new BindType());
        int connections = setting(path, listener, MAX_CONNECTIONS, CONNECTIONS, DEFAULT_MAX_CONNECTIONS);
        boolean enabled = setting(path, listener, ENABLED, new BooleanType(), true);
        if (bind == null && enabled) {
            checker.problems()
                    .error(
                            checker.place(path),
                            "`" + path.child(BIND) + "` is missing: it must be " + new BindType().allowed());
        } else if (bind != null && enabled && address.isPresent()) {
            claim(path, bind, address.get());
            String name = TCP + "." + path.last();
            listeners.put(
                    name,
                    new ListenerConfig(name, address.get().host(), address.get().port(), connections));
        }
    }

    private <T> T setting(KeyPath path, ConfigObject listener, String key, ValueType<T> type, T fallback) {
        ConfigValue value = listener.get(key);
        if (value == null) {
            checker.noteDefault(path.child(key), fallback, false);
            return fallback;
        }
        return checker.value(path.child(key), value, type).orElse(fallback);
    }

    /** Notes an address as taken and reports when it is not free. */
    private void claim(KeyPath path, ConfigValue bind, BindAddress address) {
        for (Map.Entry<KeyPath, BindAddress> other : taken.entrySet()) {
            if (address.collidesWith(other.getValue())) {
                KeyPath first = other.getKey();
                checker.problems()
                        .error(
                                checker.place(path.child(BIND), bind),
                                "`" + path + "` cannot listen on " + address + " beside `" + first + "` on "
                                        + other.getValue() + ": change one, or set " + first + ".enabled = false");
                return;
            }
        }
        taken.put(path, address);
    }
}

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
    static final KeyPath DEFAULT_BIND = KeyPath.of(SECTION, ListenerKind.TCP.word(), "default", ListenerKeys.BIND);
    static final String DEFAULT_ADDRESS = "127.0.0.1:1883";

    private static final List<String> LATER = List.of("tls", "wss");

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
        List<String> kinds = new ArrayList<>();
        for (ListenerKind kind : ListenerKind.values()) {
            kinds.add(kind.word());
            ConfigValue named = section.get().get(kind.word());
            if (named != null) {
                checker.section(path.child(kind.word()), named).ifPresent(names -> kind(kind, names));
            }
        }
        ConfigObject rest = section.get();
        for (String later : LATER) {
            refuseLater(path.child(later), section.get().get(later));
            rest = rest.withoutKey(later);
        }
        checker.unknownKeys(path, rest, kinds);
    }

    private void refuseLater(KeyPath path, @Nullable ConfigValue value) {
        if (value != null) {
            checker.problems()
                    .error(
                            checker.place(path, value),
                            "`" + path + "` is not available in this version: use a tcp or ws listener");
        }
    }

    private void kind(ListenerKind kind, ConfigObject section) {
        List<KeyPath> names = new ArrayList<>();
        section.keySet().forEach(name -> names.add(KeyPath.of(SECTION, kind.word(), name)));
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
            checker.section(path, value).ifPresent(listener -> listener(kind, path, listener));
        }
    }

    private static boolean hasDefaultBind(@Nullable ConfigValue listener) {
        ConfigValue bind = listener instanceof ConfigObject object ? object.get(ListenerKeys.BIND) : null;
        return bind != null && Places.isDefault(bind);
    }

    private void listener(ListenerKind kind, KeyPath path, ConfigObject section) {
        ListenerKeys keys = new ListenerKeys(checker, path, section);
        keys.checkNames(kind);
        ConfigValue bind = section.get(ListenerKeys.BIND);
        Optional<BindAddress> address = keys.bind();
        ListenerConfig listener = keys.listener(kind, address.orElse(BindAddress.ANY));
        boolean enabled = keys.enabled();
        if (bind == null && enabled) {
            checker.problems()
                    .error(
                            checker.place(path),
                            "`" + path.child(ListenerKeys.BIND) + "` is missing: it must be "
                                    + new BindType().allowed());
        } else if (bind != null && enabled && address.isPresent()) {
            claim(path, bind, address.get());
            listeners.put(listener.name(), listener);
        }
    }

    /** Notes an address as taken and reports when it is not free. */
    private void claim(KeyPath path, ConfigValue bind, BindAddress address) {
        for (Map.Entry<KeyPath, BindAddress> other : taken.entrySet()) {
            if (address.collidesWith(other.getValue())) {
                KeyPath first = other.getKey();
                checker.problems()
                        .error(
                                checker.place(path.child(ListenerKeys.BIND), bind),
                                "`" + path + "` cannot listen on " + address + " beside `" + first + "` on "
                                        + other.getValue() + ": change one, or set " + first + ".enabled = false");
                return;
            }
        }
        taken.put(path, address);
    }
}

package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.gatehouse.kernel.config.hocon.KeyPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the sections that {@link KernelKeys} describes. First every key is checked, then, when all are right, the records are
 * made of them.
 */
final class KernelSections implements KeyValues {
    private final Checker checker;
    private final SecretFiles secretFiles;
    private final Map<Key<?>, Object> values = new HashMap<>();

    KernelSections(Checker checker, SecretFiles secretFiles) {
        this.checker = checker;
        this.secretFiles = secretFiles;
    }

    /** The top-level keys of these sections. */
    static List<String> names() {
        return KernelKeys.ALL.stream()
                .map(key -> key.path().elements().getFirst())
                .distinct()
                .toList();
    }

    /** Checks them all; the defaults must have been merged in. */
    void check(ConfigObject root) {
        for (String name : names()) {
            Optional<Key<?>> whole = KernelKeys.ALL.stream()
                    .filter(key -> key.path().elements().equals(List.of(name)))
                    .findFirst();
            if (whole.isPresent()) {
                value(whole.get(), root);
            } else {
                section(KeyPath.of(name), root);
            }
        }
    }

    private void section(KeyPath path, ConfigObject parent) {
        ConfigValue value = parent.get(path.last());
        Optional<ConfigObject> section = value == null ? Optional.empty() : checker.section(path, value);
        if (section.isEmpty()) {
            return;
        }
        List<String> known = new ArrayList<>();
        for (Key<?> key : KernelKeys.ALL) {
            if (key.path().parent().equals(path)) {
                known.add(key.path().last());
                value(key, section.get());
            }
        }
        for (String name : subsections(path)) {
            known.add(name);
            section(path.child(name), section.get());
        }
        checker.unknownKeys(path, section.get(), known);
    }

    private <T> void value(Key<T> key, ConfigObject section) {
        ConfigValue value = section.get(key.path().last());
        if (value != null) {
            checker.value(key.path(), value, key.type().reading(secretFiles)).ifPresent(good -> values.put(key, good));
        }
    }

    private static Set<String> subsections(KeyPath path) {
        int depth = path.elements().size();
        Set<String> names = new TreeSet<>();
        for (Key<?> key : KernelKeys.ALL) {
            if (key.path().startsWith(path) && key.path().elements().size() > depth + 1) {
                names.add(key.path().elements().get(depth));
            }
        }
        return names;
    }

    /** The modules that the chains name, as far as the chains are right. */
    Stream<String> namedModules() {
        return KernelKeys.CHAINS.stream().filter(values::containsKey).flatMap(chain -> get(chain).stream());
    }

    /** Whether everybody is refused because nobody is asked. */
    boolean refusesEverybody() {
        return values.containsKey(KernelKeys.AUTHENTICATION_CHAIN)
                && get(KernelKeys.AUTHENTICATION_CHAIN).isEmpty();
    }

    AuthenticationConfig authentication() {
        return new AuthenticationConfig(
                get(KernelKeys.AUTHENTICATION_CHAIN),
                get(KernelKeys.AUTHENTICATION_DEADLINE),
                get(KernelKeys.MODULE_WAIT));
    }

    AuthorizationConfig authorization() {
        return new AuthorizationConfig(
                get(KernelKeys.AUTHORIZATION_SOURCES),
                get(KernelKeys.NO_MATCH).equals("allow"),
                get(KernelKeys.AUTHORIZATION_DEADLINE),
                get(KernelKeys.DENY_ACTION).equals("disconnect"),
                get(KernelKeys.CACHE_SIZE),
                get(KernelKeys.CACHE_TIME));
    }

    InterceptorsConfig interceptors() {
        return new InterceptorsConfig(
                get(KernelKeys.CONNECT),
                get(KernelKeys.PUBLISH),
                get(KernelKeys.SUBSCRIBE),
                get(KernelKeys.DELIVERY),
                get(KernelKeys.INTERCEPTORS_DEADLINE));
    }

    PluginsConfig plugins() {
        String store = get(KernelKeys.TRUST_STORE);
        return new PluginsConfig(
                new TrustConfig(
                        PluginTrust.valueOf(
                                get(KernelKeys.PLUGINS_TRUST).replace('-', '_').toUpperCase(Locale.ROOT)),
                        Optional.of(store).filter(name -> !name.isEmpty()).map(secretFiles::besideMainFile),
                        get(KernelKeys.TRUST_STORE_PASSWORD),
                        get(KernelKeys.ALLOW_LIST)),
                get(KernelKeys.APPROVAL).equals("required"),
                get(KernelKeys.START_DEADLINE),
                get(KernelKeys.HEALTH_DEADLINE),
                get(KernelKeys.DRAIN_DEADLINE),
                get(KernelKeys.BREAKER_FAILURES),
                get(KernelKeys.BREAKER_PAUSE),
                get(KernelKeys.MAX_CONCURRENT_CALLS));
    }

    MqttConfig mqtt() {
        return new MqttConfig(
                get(KernelKeys.MAX_PACKET_SIZE),
                get(KernelKeys.CONNECT_TIMEOUT),
                get(KernelKeys.MAX_KEEP_ALIVE),
                get(KernelKeys.MAX_INFLIGHT),
                get(KernelKeys.RECEIVE_MAXIMUM),
                get(KernelKeys.MAX_QUEUE),
                get(KernelKeys.AWAITING_REL_TIMEOUT),
                get(KernelKeys.SESSION_EXPIRY),
                get(KernelKeys.MAX_SESSION_EXPIRY),
                get(KernelKeys.TOPIC_ALIAS_MAXIMUM),
                get(KernelKeys.MAX_TOPIC_LEVELS),
                get(KernelKeys.MAX_CLIENT_ID_LENGTH),
                get(KernelKeys.MAX_SUBSCRIPTIONS),
                get(KernelKeys.MAX_RETAINED));
    }

    BoundsConfig bounds() {
        return BoundKeys.read(this);
    }

    FeaturesConfig features() {
        return FeatureKeys.read(this);
    }

    GuardConfig guard() {
        return GuardKeys.read(this);
    }

    @Override
    public <T> T get(Key<T> key) {
        @Nullable Object value = values.get(key);
        if (value == null) {
            throw new IllegalStateException(key.path() + " was not read");
        }
        // Only value() writes, and it writes what the key's own type made.
        @SuppressWarnings("unchecked")
        T typed = (T) value;
        return typed;
    }
}

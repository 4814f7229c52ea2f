package io.gatehouse.kernel.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.gatehouse.kernel.config.hocon.KeyPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The keys of {@code listeners.<kind>.<name>}, read from one such section. */
final class ListenerKeys {
    static final String BIND = "bind";

    private static final String ENABLED = "enabled";
    private static final String MAX_CONNECTIONS = "max-connections";
    private static final String MOUNTPOINT = "mountpoint";
    private static final String ACCESS_RULES = "access-rules";
    private static final String PROXY_PROTOCOL = "proxy-protocol";
    private static final String PROXY_TIMEOUT = "proxy-protocol-timeout";
    private static final String TRUSTED_PROXIES = "trusted-proxies";
    private static final String PATH = "path";
    private static final String SUBPROTOCOL_REQUIRED = "subprotocol-required";
    private static final String ALLOWED_ORIGINS = "allowed-origins";

    private static final List<String> ALWAYS = List.of(
            BIND, ENABLED, MAX_CONNECTIONS, MOUNTPOINT, ACCESS_RULES, PROXY_PROTOCOL, PROXY_TIMEOUT, TRUSTED_PROXIES);
    private static final List<String> WEB_SOCKET = List.of(PATH, SUBPROTOCOL_REQUIRED, ALLOWED_ORIGINS);

    private static final int DEFAULT_MAX_CONNECTIONS = 1_000_000;
    private static final int MOST_ELEMENTS = 1_000;

    private static final ValueType<Integer> CONNECTIONS = new IntegerType(1, 10_000_000);
    private static final ValueType<Duration> TIMEOUT =
            DurationType.between(Duration.ofMillis(100), Duration.ofMinutes(1));
    private static final ValueType<List<AccessRule>> RULES = new ParsedList<>(
            MOST_ELEMENTS,
            AccessRule::parse,
            "\"allow\" or \"deny\" and then \"all\", an address or a block of addresses without bits beyond its prefix,"
                    + " such as \"allow 10.0.0.0/8\" or \"deny all\"");
    private static final ValueType<List<Cidr>> NETWORKS = new ParsedList<>(
            MOST_ELEMENTS,
            Cidr::parse,
            "an address or a block of addresses without bits beyond its prefix, such as \"10.0.0.0/8\" or \"::1\"");
    private static final ValueType<String> REQUEST_PATH = new CheckedText(
            Pattern.compile("/[!-~&&[^?#\"]]{0,255}").asMatchPredicate(),
            "a path that begins with /, of at most 256 visible ASCII characters without ? and #, such as \"/mqtt\"");
    private static final Predicate<String> ORIGIN = Pattern.compile(
                    "null|[a-z][a-z0-9+.-]{0,31}://[a-z0-9.:\\[\\]_-]{1,255}")
            .asMatchPredicate();
    private static final ValueType<List<String>> ORIGINS = new ParsedList<>(
            MOST_ELEMENTS,
            text -> Optional.of(text).filter(ORIGIN),
            "an origin as browsers send it, in lower case and without a path, such as \"https://app.example.org\"");

    private final Checker checker;
    private final KeyPath path;
    private final ConfigObject section;

    ListenerKeys(Checker checker, KeyPath path, ConfigObject section) {
        this.checker = checker;
        this.path = path;
        this.section = section;
    }

    /** Reports the keys that listeners of this kind do not have. */
    void checkNames(ListenerKind kind) {
        List<String> known = new ArrayList<>(ALWAYS);
        if (kind == ListenerKind.WS) {
            known.addAll(WEB_SOCKET);
        }
        checker.unknownKeys(path, section, known);
    }

    Optional<BindAddress> bind() {
        ConfigValue bind = section.get(BIND);
        return bind == null ? Optional.empty() : checker.value(path.child(BIND), bind, new BindType());
    }

    boolean enabled() {
        return setting(ENABLED, new BooleanType(), true, true);
    }

    /** The listener at this address; every key is read, also when another is wrong. */
    ListenerConfig listener(ListenerKind kind, BindAddress address) {
        return new ListenerConfig(
                kind,
                kind.word() + "." + path.last(),
                address.host(),
                address.port(),
                setting(MAX_CONNECTIONS, CONNECTIONS, DEFAULT_MAX_CONNECTIONS, DEFAULT_MAX_CONNECTIONS),
                setting(MOUNTPOINT, Mountpoints.TYPE, "", ""),
                accessRules(),
                proxy(kind),
                kind == ListenerKind.WS ? webSocket() : WebSocketConfig.DEFAULT);
    }

    private AccessRules accessRules() {
        AccessRules rules = new AccessRules(setting(ACCESS_RULES, RULES, List.of(), List.of()));
        if (rules.shutEverybodyOut()) {
            warn(ACCESS_RULES, "allows nobody: an address that no rule matches is denied; end with \"allow all\"");
        }
        return rules;
    }

    private ProxyConfig proxy(ListenerKind kind) {
        boolean protocol = setting(PROXY_PROTOCOL, new BooleanType(), false, false);
        Duration fallback = ProxyConfig.DEFAULT.timeout();
        Duration timeout = setting(PROXY_TIMEOUT, TIMEOUT, fallback, Quantities.showDuration(fallback));
        List<Cidr> trusted = setting(TRUSTED_PROXIES, NETWORKS, List.of(), List.of());
        boolean namesNobody = !(section.get(TRUSTED_PROXIES) instanceof ConfigList named) || named.isEmpty();
        if (protocol && namesNobody) {
            checker.problems()
                    .error(
                            checker.place(path.child(PROXY_PROTOCOL)),
                            "`" + path.child(PROXY_PROTOCOL) + "` needs `" + path.child(TRUSTED_PROXIES)
                                    + "`: only connections from these addresses are taken, such as [\"10.0.0.0/8\"]");
        } else if (!protocol && !trusted.isEmpty() && kind == ListenerKind.TCP) {
            warn(TRUSTED_PROXIES, "has no effect without `" + path.child(PROXY_PROTOCOL) + " = true`");
        }
        return new ProxyConfig(protocol, timeout, trusted);
    }

    private WebSocketConfig webSocket() {
        WebSocketConfig fallback = WebSocketConfig.DEFAULT;
        return new WebSocketConfig(
                setting(PATH, REQUEST_PATH, fallback.path(), fallback.path()),
                setting(
                        SUBPROTOCOL_REQUIRED,
                        new BooleanType(),
                        fallback.subprotocolRequired(),
                        fallback.subprotocolRequired()),
                Set.copyOf(setting(ALLOWED_ORIGINS, ORIGINS, List.of(), List.of())));
    }

    private void warn(String key, String sentence) {
        checker.problems().warning(checker.place(path.child(key)), "`" + path.child(key) + "` " + sentence);
    }

    private <T> T setting(String key, ValueType<T> type, T fallback, Object shown) {
        ConfigValue value = section.get(key);
        if (value == null) {
            checker.noteDefault(path.child(key), shown, false);
            return fallback;
        }
        return checker.value(path.child(key), value, type).orElse(fallback);
    }
}

package io.gatehouse.kernel.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.gatehouse.sdk.mqtt.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every key of the kernel except those of listeners, with its default, type and bounds. */
final class KernelKeys {
    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** MQTT 5.0, 3.1.2.10: the keep alive is a two byte integer of seconds. */
    private static final Duration LONGEST_KEEP_ALIVE = ofSeconds(65_535);

    private static final DurationType DEADLINE = DurationType.between(ofMillis(10), ofMinutes(10));
    private static final DurationType PATIENCE = DurationType.between(ofMillis(100), ofMinutes(10));
    private static final DurationType EXPIRY = DurationType.secondsOrNever(MqttConfig.FOR_EVER, MqttConfig.FOR_EVER);
    private static final ModuleNames MODULES = new ModuleNames();

    static final Key<List<String>> AUTHENTICATION_CHAIN =
            Key.of("authentication.chain", List.of("auth-builtin"), MODULES);
    static final Key<Duration> AUTHENTICATION_DEADLINE = Key.of("authentication.deadline", "5s", DEADLINE);
    static final Key<Duration> MODULE_WAIT =
            Key.of("authentication.module-wait", "3s", DurationType.between(Duration.ZERO, ofMinutes(10)));

    static final Key<List<String>> AUTHORIZATION_SOURCES =
            Key.of("authorization.sources", List.of("authz-acl"), MODULES);
    static final Key<String> NO_MATCH =
            Key.of("authorization.no-match", "deny", new ChoiceType(List.of("deny", "allow")));
    static final Key<Duration> AUTHORIZATION_DEADLINE = Key.of("authorization.deadline", "5s", DEADLINE);
    static final Key<String> DENY_ACTION =
            Key.of("authorization.deny-action", "ignore", new ChoiceType(List.of("ignore", "disconnect")));
    static final Key<Integer> CACHE_SIZE = Key.of("authorization.cache.size", 32, new IntegerType(0, 100_000));
    static final Key<Duration> CACHE_TIME =
            Key.of("authorization.cache.time", "1m", DurationType.between(Duration.ZERO, ofDays(1)));

    static final Key<List<String>> CONNECT = Key.of("interceptors.connect", List.of(), MODULES);
    static final Key<List<String>> PUBLISH = Key.of("interceptors.publish", List.of(), MODULES);
    static final Key<List<String>> SUBSCRIBE = Key.of("interceptors.subscribe", List.of(), MODULES);
    static final Key<List<String>> DELIVERY = Key.of("interceptors.delivery", List.of(), MODULES);
    static final Key<Duration> INTERCEPTORS_DEADLINE = Key.of("interceptors.deadline", "5s", DEADLINE);

    static final Key<String> PLUGINS_TRUST =
            Key.of("plugins.trust", "any", new ChoiceType(List.of("any", "signed", "allow-listed")));
    static final Key<String> TRUST_STORE = Key.of("plugins.trust-store", "", new PathType());
    static final Key<Optional<Secret>> TRUST_STORE_PASSWORD =
            Key.of("plugins.trust-store-password", "", new SecretType(Optional.empty()));
    static final Key<Set<String>> ALLOW_LIST = Key.of("plugins.allow-list", List.of(), new DigestList());
    static final Key<String> APPROVAL = Key.of("plugins.approval", "none", new ChoiceType(List.of("none", "required")));
    static final Key<Duration> START_DEADLINE =
            Key.of("plugins.start-deadline", "30s", DurationType.between(ofSeconds(1), ofMinutes(10)));
    static final Key<Duration> HEALTH_DEADLINE = Key.of("plugins.health-deadline", "10s", PATIENCE);
    static final Key<Duration> DRAIN_DEADLINE = Key.of("plugins.drain-deadline", "10s", PATIENCE);
    static final Key<Integer> BREAKER_FAILURES = Key.of("plugins.breaker-failures", 20, new IntegerType(1, 1_000_000));
    static final Key<Duration> BREAKER_PAUSE =
            Key.of("plugins.breaker-pause", "5s", DurationType.between(ofMillis(10), ofHours(1)));
    static final Key<Integer> MAX_CONCURRENT_CALLS =
            Key.of("plugins.max-concurrent-calls", 1_000, new IntegerType(1, 1_000_000));

    static final Key<Integer> MAX_PACKET_SIZE = Key.of("mqtt.max-packet-size", "1MiB", new SizeType(KIB, 256 * MIB));
    static final Key<Duration> CONNECT_TIMEOUT = Key.of("mqtt.connect-timeout", "10s", PATIENCE);
    static final Key<Duration> MAX_KEEP_ALIVE =
            Key.of("mqtt.max-keep-alive", "never", DurationType.secondsOrNever(LONGEST_KEEP_ALIVE, Duration.ZERO));
    static final Key<Integer> MAX_INFLIGHT = Key.of("mqtt.max-inflight", 32, new IntegerType(1, 65_535));
    static final Key<Integer> RECEIVE_MAXIMUM = Key.of("mqtt.receive-maximum", 100, new IntegerType(1, 65_535));
    static final Key<Integer> MAX_QUEUE = Key.of("mqtt.max-queue", 1_000, new IntegerType(1, 1_000_000));
    static final Key<Duration> AWAITING_REL_TIMEOUT =
            Key.of("mqtt.awaiting-rel-timeout", "300s", DurationType.between(ofSeconds(1), ofDays(1)));
    static final Key<Duration> SESSION_EXPIRY = Key.of("mqtt.session-expiry", "2h", EXPIRY);
    static final Key<Duration> MAX_SESSION_EXPIRY = Key.of("mqtt.max-session-expiry", "never", EXPIRY);
    static final Key<Integer> TOPIC_ALIAS_MAXIMUM =
            Key.of("mqtt.topic-alias-maximum", 65_535, new IntegerType(0, 65_535));
    static final Key<Integer> MAX_TOPIC_LEVELS = Key.of("mqtt.max-topic-levels", 10, new IntegerType(1, 128));
    static final Key<Integer> MAX_CLIENT_ID_LENGTH =
            Key.of("mqtt.max-client-id-length", 65_535, new IntegerType(23, 65_535));
    static final Key<Integer> MAX_SUBSCRIPTIONS =
            Key.of("mqtt.max-subscriptions", 100_000, new IntegerType(1, 1_000_000));
    static final Key<Integer> MAX_RETAINED = Key.of("mqtt.max-retained", 1_000_000, new IntegerType(0, 100_000_000));

    private static final List<Key<?>> CORE = List.of(
            AUTHENTICATION_CHAIN,
            AUTHENTICATION_DEADLINE,
            MODULE_WAIT,
            AUTHORIZATION_SOURCES,
            NO_MATCH,
            AUTHORIZATION_DEADLINE,
            DENY_ACTION,
            CACHE_SIZE,
            CACHE_TIME,
            CONNECT,
            PUBLISH,
            SUBSCRIBE,
            DELIVERY,
            INTERCEPTORS_DEADLINE,
            PLUGINS_TRUST,
            TRUST_STORE,
            TRUST_STORE_PASSWORD,
            ALLOW_LIST,
            APPROVAL,
            START_DEADLINE,
            HEALTH_DEADLINE,
            DRAIN_DEADLINE,
            BREAKER_FAILURES,
            BREAKER_PAUSE,
            MAX_CONCURRENT_CALLS,
            MAX_PACKET_SIZE,
            CONNECT_TIMEOUT,
            MAX_KEEP_ALIVE,
            MAX_INFLIGHT,
            RECEIVE_MAXIMUM,
            MAX_QUEUE,
            AWAITING_REL_TIMEOUT,
            SESSION_EXPIRY,
            MAX_SESSION_EXPIRY,
            TOPIC_ALIAS_MAXIMUM,
            MAX_TOPIC_LEVELS,
            MAX_CLIENT_ID_LENGTH,
            MAX_SUBSCRIPTIONS,
            MAX_RETAINED);

    /** In the order in which they are shown. */
    static final List<Key<?>> ALL = Stream.of(CORE, BoundKeys.ALL, FeatureKeys.ALL, GuardKeys.ALL)
            .flatMap(List::stream)
            .toList();

    /** Every chain, for the question whether a module is named anywhere. */
    static final List<Key<List<String>>> CHAINS =
            List.of(AUTHENTICATION_CHAIN, AUTHORIZATION_SOURCES, CONNECT, PUBLISH, SUBSCRIBE, DELIVERY);

    private KernelKeys() {}
}

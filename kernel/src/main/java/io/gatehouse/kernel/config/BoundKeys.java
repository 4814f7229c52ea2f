package io.gatehouse.kernel.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The keys of {@link BoundsConfig}. */
final class BoundKeys {
    private static final int KIB = 1024;
    private static final int LARGEST_PACKET = 256 * KIB * KIB;
    private static final long TIB = 1L << 40;

    static final Key<Integer> MAX_SESSIONS = Key.of("mqtt.max-sessions", 1_000_000, new IntegerType(1, 100_000_000));
    static final Key<Integer> MAX_TOTAL_SUBSCRIPTIONS =
            Key.of("mqtt.max-total-subscriptions", 10_000_000, new IntegerType(1, 1_000_000_000));
    static final Key<Integer> MAX_CONNECT_SIZE =
            Key.of("mqtt.max-connect-size", "16KiB", new SizeType(KIB, LARGEST_PACKET));
    static final Key<Long> MAX_QUEUE_SIZE = Key.of("mqtt.max-queue-size", "64MiB", new LargeSizeType(KIB, TIB));
    static final Key<String> QUEUE_OVERFLOW = Key.of(
            "mqtt.queue-overflow", "drop-newest", new ChoiceType(List.of("drop-newest", "drop-oldest", "disconnect")));
    static final Key<Duration> SLOW_CONSUMER_TIMEOUT =
            Key.of("mqtt.slow-consumer-timeout", "60s", DurationType.secondsOrNever(Duration.ofDays(1), Duration.ZERO));
    static final Key<Long> MAX_RETAINED_SIZE = Key.of("mqtt.max-retained-size", "1GiB", new LargeSizeType(0, TIB));
    static final Key<Integer> MAX_USER_PROPERTIES =
            Key.of("mqtt.max-user-properties", 1_000, new IntegerType(0, 65_535));
    static final Key<Integer> MAX_USER_PROPERTIES_SIZE =
            Key.of("mqtt.max-user-properties-size", "64KiB", new SizeType(0, LARGEST_PACKET));
    static final Key<Integer> MAX_TOPIC_ALIAS_SIZE =
            Key.of("mqtt.max-topic-alias-size", "1MiB", new SizeType(KIB, LARGEST_PACKET));
    static final Key<Long> MAX_HANDOVER_SIZE =
            Key.of("mqtt.max-handover-size", "16MiB", new LargeSizeType(64 * KIB, TIB));
    static final Key<Integer> MEMORY_CEILING = Key.of("memory.ceiling", 85, new IntegerType(10, 100));

    static final List<Key<?>> ALL = List.of(
            MAX_SESSIONS,
            MAX_TOTAL_SUBSCRIPTIONS,
            MAX_CONNECT_SIZE,
            MAX_QUEUE_SIZE,
            QUEUE_OVERFLOW,
            SLOW_CONSUMER_TIMEOUT,
            MAX_RETAINED_SIZE,
            MAX_USER_PROPERTIES,
            MAX_USER_PROPERTIES_SIZE,
            MAX_TOPIC_ALIAS_SIZE,
            MAX_HANDOVER_SIZE,
            MEMORY_CEILING);

    private BoundKeys() {}

    static BoundsConfig read(KeyValues values) {
        return new BoundsConfig(
                values.get(MAX_SESSIONS),
                values.get(MAX_TOTAL_SUBSCRIPTIONS),
                values.get(MAX_CONNECT_SIZE),
                values.get(MAX_QUEUE_SIZE),
                QueueOverflow.valueOf(
                        values.get(QUEUE_OVERFLOW).replace('-', '_').toUpperCase(Locale.ROOT)),
                values.get(SLOW_CONSUMER_TIMEOUT),
                values.get(MAX_RETAINED_SIZE),
                values.get(MAX_USER_PROPERTIES),
                values.get(MAX_USER_PROPERTIES_SIZE),
                values.get(MAX_TOPIC_ALIAS_SIZE),
                values.get(MAX_HANDOVER_SIZE),
                values.get(MEMORY_CEILING));
    }
}

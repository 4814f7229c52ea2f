package io.gatehouse.kernel.config;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The keys of {@link GuardConfig}. */
final class GuardKeys {
    static final Key<Integer> MAX_CONNECTIONS =
            Key.of("limits.max-connections", GuardConfig.DEFAULT.maxConnections(), new IntegerType(1, 10_000_000));
    static final Key<Duration> MAX_PAUSE =
            Key.of("limits.max-pause", "10s", DurationType.between(Duration.ZERO, ofMinutes(10)));

    private static final Rates CLIENT = Rates.of("client");
    private static final Rates LISTENER = Rates.of("listener");
    private static final Rates NODE = Rates.of("node");

    static final Key<Boolean> FLAPPING = Key.of("flapping.enabled", false, new BooleanType());
    static final Key<Integer> MAX_DISCONNECTS = Key.of("flapping.max-disconnects", 15, new IntegerType(2, 1_000_000));
    static final Key<Duration> WINDOW = Key.of("flapping.window", "1m", DurationType.between(ofSeconds(1), ofDays(1)));
    static final Key<Duration> BAN_TIME =
            Key.of("flapping.ban-time", "5m", DurationType.between(ofSeconds(1), ofDays(30)));
    static final Key<List<Cidr>> EXEMPT = Key.of(
            "flapping.exempt",
            List.of(),
            new ParsedList<>(1_000, Cidr::parse, "an address or a block of addresses such as \"10.0.0.0/8\""));

    static final List<Key<?>> ALL = Stream.of(
                    Stream.of(MAX_CONNECTIONS, MAX_PAUSE),
                    Stream.of(CLIENT, LISTENER, NODE).flatMap(Rates::keys),
                    Stream.of(FLAPPING, MAX_DISCONNECTS, WINDOW, BAN_TIME, EXEMPT))
            .<Key<?>>flatMap(keys -> keys)
            .toList();

    private GuardKeys() {}

    static GuardConfig read(KeyValues values) {
        return new GuardConfig(
                values.get(MAX_CONNECTIONS),
                CLIENT.read(values),
                LISTENER.read(values),
                NODE.read(values),
                values.get(MAX_PAUSE),
                new FlappingConfig(
                        values.get(FLAPPING),
                        values.get(MAX_DISCONNECTS),
                        values.get(WINDOW),
                        values.get(BAN_TIME),
                        values.get(EXEMPT)));
    }

    /** {@code limits.<whose>.*}. */
    private record Rates(Key<Rate> connections, Key<Rate> messages, Key<Rate> bytes) {
        static Rates of(String whose) {
            String section = "limits." + whose + ".";
            return new Rates(
                    Key.of(section + "connections", "infinity", RateType.COUNT),
                    Key.of(section + "messages", "infinity", RateType.COUNT),
                    Key.of(section + "bytes", "infinity", RateType.SIZE));
        }

        Stream<Key<?>> keys() {
            return Stream.of(connections, messages, bytes);
        }

        RatesConfig read(KeyValues values) {
            return new RatesConfig(values.get(connections), values.get(messages), values.get(bytes));
        }
    }
}

package io.gatehouse.kernel.config;

import java.util.List;

/** The keys of {@link BoundsConfig}. */
final class BoundKeys {
    static final Key<Integer> MAX_SESSIONS =
            Key.of("mqtt.max-sessions", BoundsConfig.DEFAULT.maxSessions(), new IntegerType(1, 100_000_000));

    static final List<Key<?>> ALL = List.of(MAX_SESSIONS);

    private BoundKeys() {}

    static BoundsConfig read(KeyValues values) {
        return new BoundsConfig(values.get(MAX_SESSIONS));
    }
}

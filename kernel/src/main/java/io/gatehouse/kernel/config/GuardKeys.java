package io.gatehouse.kernel.config;

import java.util.List;

/** The keys of {@link GuardConfig}. */
final class GuardKeys {
    static final Key<Integer> MAX_CONNECTIONS =
            Key.of("limits.max-connections", GuardConfig.DEFAULT.maxConnections(), new IntegerType(1, 10_000_000));

    static final List<Key<?>> ALL = List.of(MAX_CONNECTIONS);

    private GuardKeys() {}

    static GuardConfig read(KeyValues values) {
        return new GuardConfig(values.get(MAX_CONNECTIONS));
    }
}

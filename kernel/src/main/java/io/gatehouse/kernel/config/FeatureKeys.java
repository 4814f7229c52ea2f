package io.gatehouse.kernel.config;

import java.util.List;

/** The keys of {@link FeaturesConfig}. */
final class FeatureKeys {
    static final Key<Boolean> EXCLUSIVE =
            Key.of("mqtt.exclusive-subscriptions", FeaturesConfig.DEFAULT.exclusiveSubscriptions(), new BooleanType());

    static final List<Key<?>> ALL = List.of(EXCLUSIVE);

    private FeatureKeys() {}

    static FeaturesConfig read(KeyValues values) {
        return new FeaturesConfig(values.get(EXCLUSIVE));
    }
}

package io.gatehouse.kernel.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The keys of {@link FeaturesConfig}. */
final class FeatureKeys {
    private static final int KIB = 1024;
    private static final DurationType PERIOD = DurationType.secondsOrNever(Duration.ofHours(1), Duration.ZERO);

    static final Key<Boolean> EXCLUSIVE =
            Key.of("mqtt.exclusive-subscriptions", FeaturesConfig.DEFAULT.exclusiveSubscriptions(), new BooleanType());
    static final Key<String> SHARED_STRATEGY =
            Key.of("mqtt.shared-strategy", word(FeaturesConfig.DEFAULT.sharedStrategy()), new ChoiceType(words()));
    static final Key<Duration> HEARTBEAT = Key.of("sys.heartbeat", "30s", PERIOD);
    static final Key<Duration> INTERVAL = Key.of("sys.interval", "60s", PERIOD);
    static final Key<Boolean> DELAYED = Key.of("delayed.enabled", DelayedConfig.DEFAULT.enabled(), new BooleanType());
    static final Key<Integer> DELAYED_MESSAGES =
            Key.of("delayed.max-messages", DelayedConfig.DEFAULT.maxMessages(), new IntegerType(1, 10_000_000));
    static final Key<Integer> DELAYED_BYTES =
            Key.of("delayed.max-bytes", "64MiB", new SizeType(64 * KIB, 1024 * KIB * KIB));
    static final Key<List<RewriteList.Entry>> REWRITE = Key.of("rewrite", List.of(), RewriteList.TYPE);
    static final Key<List<AutoSubscription>> AUTO_SUBSCRIBE =
            Key.of("auto-subscribe", List.of(), AutoSubscribeList.TYPE);

    static final List<Key<?>> ALL = List.of(
            EXCLUSIVE,
            SHARED_STRATEGY,
            HEARTBEAT,
            INTERVAL,
            DELAYED,
            DELAYED_MESSAGES,
            DELAYED_BYTES,
            REWRITE,
            AUTO_SUBSCRIBE);

    private FeatureKeys() {}

    static FeaturesConfig read(KeyValues values) {
        return new FeaturesConfig(
                values.get(EXCLUSIVE),
                strategy(values.get(SHARED_STRATEGY)),
                new SysConfig(values.get(HEARTBEAT), values.get(INTERVAL)),
                new DelayedConfig(values.get(DELAYED), values.get(DELAYED_MESSAGES), values.get(DELAYED_BYTES)),
                RewriteList.rules(values.get(REWRITE)),
                values.get(AUTO_SUBSCRIBE));
    }

    private static List<String> words() {
        return Arrays.stream(SharedStrategy.values()).map(FeatureKeys::word).toList();
    }

    private static String word(SharedStrategy strategy) {
        return strategy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static SharedStrategy strategy(String word) {
        return SharedStrategy.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}

package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.config.BoundsConfig;
import io.gatehouse.kernel.config.QueueOverflow;
import java.time.Duration;

/** Bounds as by default but for what a test says. */
public final class Bounds {
    private int sessions = BoundsConfig.DEFAULT.maxSessions();
    private int subscriptions = BoundsConfig.DEFAULT.maxTotalSubscriptions();
    private int connectSize = BoundsConfig.DEFAULT.maxConnectSize();
    private long queueSize = BoundsConfig.DEFAULT.maxQueueSize();
    private QueueOverflow overflow = BoundsConfig.DEFAULT.queueOverflow();
    private Duration slowConsumerTimeout = BoundsConfig.DEFAULT.slowConsumerTimeout();
    private long retainedSize = BoundsConfig.DEFAULT.maxRetainedSize();
    private int userProperties = BoundsConfig.DEFAULT.maxUserProperties();
    private int userPropertiesSize = BoundsConfig.DEFAULT.maxUserPropertiesSize();
    private long handoverSize = BoundsConfig.DEFAULT.maxHandoverSize();

    public Bounds sessions(int most) {
        sessions = most;
        return this;
    }

    public Bounds subscriptions(int most) {
        subscriptions = most;
        return this;
    }

    public Bounds connectSize(int bytes) {
        connectSize = bytes;
        return this;
    }

    public Bounds queueSize(long bytes) {
        queueSize = bytes;
        return this;
    }

    public Bounds overflow(QueueOverflow policy) {
        overflow = policy;
        return this;
    }

    public Bounds slowConsumerTimeout(Duration timeout) {
        slowConsumerTimeout = timeout;
        return this;
    }

    public Bounds retainedSize(long bytes) {
        retainedSize = bytes;
        return this;
    }

    public Bounds userProperties(int most, int mostCharacters) {
        userProperties = most;
        userPropertiesSize = mostCharacters;
        return this;
    }

    public Bounds handoverSize(long bytes) {
        handoverSize = bytes;
        return this;
    }

    public BoundsConfig build() {
        return new BoundsConfig(
                sessions,
                subscriptions,
                connectSize,
                queueSize,
                overflow,
                slowConsumerTimeout,
                retainedSize,
                userProperties,
                userPropertiesSize,
                BoundsConfig.DEFAULT.maxTopicAliasSize(),
                handoverSize,
                BoundsConfig.DEFAULT.memoryCeiling());
    }
}

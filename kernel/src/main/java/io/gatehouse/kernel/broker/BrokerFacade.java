package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.sdk.broker.Broker;
import io.gatehouse.sdk.broker.BrokerView;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.broker.SessionInfo;
import io.gatehouse.sdk.broker.Statistics;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker as plugins and the command line see it. */
@AnyThread
final class BrokerFacade implements Broker, BrokerView {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerFacade.class);
    private static final int MOST_SESSIONS = 100_000;

    /** How many messages of plugins may be on their way to a lane. */
    private static final int MOST_PUBLISHING = 10_000;

    private final Instant startedAt = Instant.now();
    private final Lanes lanes;
    private final Publisher publisher;
    private final LiveClients clients;
    private final SessionRegistry registry;
    private final RetainedStore retained;
    private final Counters counters;
    private final Plugins plugins;
    private final Settings settings;
    private final MemoryPressure memory;
    private final AtomicInteger publishing = new AtomicInteger();

    BrokerFacade(
            Lanes lanes,
            Publisher publisher,
            LiveClients clients,
            SessionRegistry registry,
            RetainedStore retained,
            Counters counters,
            Plugins plugins,
            Settings settings,
            MemoryPressure memory) {
        this.lanes = lanes;
        this.publisher = publisher;
        this.clients = clients;
        this.registry = registry;
        this.retained = retained;
        this.counters = counters;
        this.plugins = plugins;
        this.settings = settings;
        this.memory = memory;
    }

    @Override
    public CompletionStage<ReasonCode> publish(Message message) {
        if (!TopicFilters.isValidTopicName(message.topic())) {
            throw new IllegalArgumentException("not a valid topic name: " + message.topic());
        }
        if (TopicLevels.exceed(message.topic(), settings.mqtt().maxTopicLevels())) {
            throw new IllegalArgumentException("the topic name has more levels than mqtt.max-topic-levels permits");
        }
        CompletableFuture<ReasonCode> done = new CompletableFuture<>();
        if (memory.isFull() || !publisher.canRetain(message) || !mayPublish()) {
            done.complete(ReasonCode.QUOTA_EXCEEDED);
            return done;
        }
        Lane lane = lanes.of(message.topic());
        lane.execute(() -> {
            publishing.decrementAndGet();
            try {
                publisher.publish(lane, message, null, done::complete);
            } catch (RuntimeException e) {
                LOG.error("A message of a plugin could not be published", e);
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /** Counts one more message on its way, unless there are too many. */
    private boolean mayPublish() {
        if (publishing.incrementAndGet() <= MOST_PUBLISHING) {
            return true;
        }
        publishing.decrementAndGet();
        return false;
    }

    @Override
    public CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
        if (!reason.isFailure() && reason != ReasonCode.SUCCESS) {
            throw new IllegalArgumentException("not a reason for a server to disconnect a client: " + reason);
        }
        return clients.disconnect(clientId, reason);
    }

    @Override
    public BrokerView view() {
        return this;
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Statistics statistics() {
        return new Statistics(
                counters.connections.sum(),
                registry.size(),
                counters.subscriptions.sum(),
                retained.size(),
                counters.connectsAccepted.sum(),
                counters.connectsRefused.sum(),
                counters.messagesReceived.sum(),
                counters.messagesSent.sum(),
                counters.messagesDropped.sum(),
                counters.publishesRefused.sum());
    }

    @Override
    public List<SessionInfo> sessions(int limit) {
        return registry.all().stream()
                .limit(Math.clamp(limit, 1, MOST_SESSIONS))
                .map(SessionLife::info)
                .toList();
    }

    @Override
    public Optional<SessionInfo> session(String clientId) {
        return Optional.ofNullable(registry.find(clientId)).map(SessionLife::info);
    }

    @Override
    public List<ModuleInfo> modules() {
        return plugins.modules();
    }
}

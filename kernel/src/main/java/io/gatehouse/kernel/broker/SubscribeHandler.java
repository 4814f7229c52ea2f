package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.AutoSubscription;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.kernel.topic.FilterPrefix;
import io.gatehouse.kernel.topic.SharedFilter;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SUBSCRIBE (MQTT 5.0 section 3.8): each filter is judged on its own and gets its own reason code. */
@OnLane
final class SubscribeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(SubscribeHandler.class);

    private final TopicPlan plan;
    private final SubscriptionGate gate;
    private final Subscriptions subscriptions;
    private final RetainedStore retained;
    private final Durability durability;
    private final EventRelay events;
    private final Settings settings;
    private final MemoryPressure memory;

    SubscribeHandler(
            TopicPlan plan,
            SubscriptionGate gate,
            Subscriptions subscriptions,
            RetainedStore retained,
            Durability durability,
            EventRelay events,
            Settings settings,
            MemoryPressure memory) {
        this.plan = plan;
        this.gate = gate;
        this.subscriptions = subscriptions;
        this.retained = retained;
        this.durability = durability;
        this.events = events;
        this.settings = settings;
        this.memory = memory;
    }

    void handle(ClientContext context, Subscribe packet) {
        judge(context, packet.subscriptions(), judged -> answer(context, packet, judged));
    }

    /**
     * Subscribes a client that has just connected to what the configuration gives everybody, as if it had asked for it; what it may not
     * have is left out.
     *
     * @return false when that goes on elsewhere: reading is paused meanwhile, and resumed at the end
     */
    boolean give(ClientContext context) {
        List<AutoSubscription> configured = settings.features().autoSubscribe();
        if (configured.isEmpty()) {
            return true;
        }
        List<Subscription> given = configured.stream()
                .flatMap(one ->
                        one.of(context.client().clientId(), context.client().username()).stream())
                .toList();
        return judge(context, given, judged -> given(context, given, judged));
    }

    private void given(ClientContext context, List<Subscription> given, List<SubscriptionGate.Judged> judged) {
        List<SessionSubscription> replays = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            ReasonCode reason = subscribe(context, given.get(i).filter(), judged.get(i), 0, replays);
            if (reason.isFailure()) {
                LOG.debug(
                        "{} is not subscribed to {} of auto-subscribe: {}",
                        context.client().clientId(),
                        given.get(i).filter(),
                        reason);
            }
        }
        durability.whenDurable(() -> replays.forEach(this::replay));
    }

    /** Goes on with what was judged: at once, then true; or when it was judged elsewhere, while reading is paused. */
    private boolean judge(
            ClientContext context, List<Subscription> asked, Consumer<List<SubscriptionGate.Judged>> then) {
        List<Subscription> meant = plan.subscribed(context.client(), asked);
        List<SubscriptionGate.Judged> judged = gate.onLane(context, meant);
        if (judged == null) {
            judgeElsewhere(context, meant, then);
            return false;
        }
        then.accept(judged);
        return true;
    }

    /** A policy that changed meanwhile is asked again: nobody else would look at subscriptions that were not there yet. */
    private void judgeElsewhere(
            ClientContext context, List<Subscription> meant, Consumer<List<SubscriptionGate.Judged>> then) {
        long policy = gate.policy();
        context.offload(() -> gate.blocking(context.client(), context.acl, meant), decided -> {
            if (policy == gate.policy()) {
                then.accept(decided);
                context.link.resumeReading();
            } else {
                judgeElsewhere(context, meant, then);
            }
        });
    }

    private void answer(ClientContext context, Subscribe packet, List<SubscriptionGate.Judged> judged) {
        List<ReasonCode> reasons = new ArrayList<>(judged.size());
        List<SessionSubscription> replays = new ArrayList<>(judged.size());
        for (int i = 0; i < judged.size(); i++) {
            String asked = packet.subscriptions().get(i).filter();
            reasons.add(subscribe(context, asked, judged.get(i), packet.subscriptionId(), replays));
        }
        boolean denied = judged.stream().anyMatch(one -> one.reason() == ReasonCode.NOT_AUTHORIZED);
        if (denied && gate.disconnectsOnDeny()) {
            Answers.disconnect(context, ReasonCode.NOT_AUTHORIZED);
            return;
        }
        durability.whenDurable(() -> {
            context.link.send(new SubAck(packet.packetId(), reasons, null, List.of()));
            replays.forEach(this::replay);
        });
    }

    private ReasonCode subscribe(
            ClientContext context,
            String asked,
            SubscriptionGate.Judged judged,
            int identifier,
            List<SessionSubscription> replays) {
        Subscription options = judged.subscription();
        ReasonCode problem = judged.reason() != null ? judged.reason() : problem(context, asked, options);
        if (problem != null) {
            return problem;
        }
        SessionSubscription subscription = new SessionSubscription(
                context.session(), asked, TopicPlan.kept(context.mountpoint, options), identifier);
        if (!subscriptions.claim(subscription)) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        boolean isNew = subscriptions.put(subscription);
        if (wantsRetained(options, isNew)) {
            replays.add(subscription);
        }
        events.subscribed(context.client(), options.withFilter(asked));
        return switch (options.maximumQos()) {
            case AT_MOST_ONCE -> ReasonCode.SUCCESS;
            case AT_LEAST_ONCE -> ReasonCode.GRANTED_QOS_1;
            case EXACTLY_ONCE -> ReasonCode.GRANTED_QOS_2;
        };
    }

    private @Nullable ReasonCode problem(ClientContext context, String asked, Subscription options) {
        var existing = context.session().subscriptions();
        if (!existing.containsKey(asked) && isFull(existing.size())) {
            return ReasonCode.QUOTA_EXCEEDED;
        }
        return plan.filterProblem(context.mountpoint, options.filter());
    }

    private boolean isFull(int existing) {
        return existing >= settings.mqtt().maxSubscriptions()
                || subscriptions.total() >= settings.config().bounds().maxTotalSubscriptions()
                || memory.isFull();
    }

    /** A shared subscription is sent no retained messages (MQTT 5.0 section 4.8.2). */
    private static boolean wantsRetained(Subscription options, boolean isNew) {
        return !SharedFilter.isShared(options.filter())
                && (options.retainHandling() == RetainHandling.SEND
                        || (options.retainHandling() == RetainHandling.SEND_IF_NEW && isNew));
    }

    private void replay(SessionSubscription subscription) {
        String filter = FilterPrefix.plain(subscription.options().filter());
        subscription.session().replay(subscription, new RetainedLookup(retained, filter));
    }
}

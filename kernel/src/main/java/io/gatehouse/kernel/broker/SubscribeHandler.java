package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.store.RetainedStore;
import io.gatehouse.kernel.topic.SharedFilter;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** SUBSCRIBE (MQTT 5.0 section 3.8): each filter is judged on its own and gets its own reason code. */
@OnLane
final class SubscribeHandler {
    private final SubscriptionGate gate;
    private final Subscriptions subscriptions;
    private final RetainedStore retained;
    private final Durability durability;
    private final EventRelay events;
    private final Settings settings;
    private final LongSupplier clock;

    SubscribeHandler(
            SubscriptionGate gate,
            Subscriptions subscriptions,
            RetainedStore retained,
            Durability durability,
            EventRelay events,
            Settings settings,
            LongSupplier clock) {
        this.gate = gate;
        this.subscriptions = subscriptions;
        this.retained = retained;
        this.durability = durability;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
    }

    void handle(ClientContext context, Subscribe packet) {
        List<SubscriptionGate.Judged> judged = gate.onLane(context, packet.subscriptions());
        if (judged == null) {
            judgeElsewhere(context, packet);
        } else {
            apply(context, packet, judged);
        }
    }

    /** A policy that changed meanwhile is asked again: nobody else would look at subscriptions that were not there yet. */
    private void judgeElsewhere(ClientContext context, Subscribe packet) {
        long policy = gate.policy();
        context.offload(() -> gate.blocking(context.client(), context.acl, packet.subscriptions()), decided -> {
            if (policy == gate.policy()) {
                apply(context, packet, decided);
                context.link.resumeReading();
            } else {
                judgeElsewhere(context, packet);
            }
        });
    }

    private void apply(ClientContext context, Subscribe packet, List<SubscriptionGate.Judged> judged) {
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
        ReasonCode problem = judged.reason() != null ? judged.reason() : problem(context, asked);
        if (problem != null) {
            return problem;
        }
        SessionSubscription subscription = new SessionSubscription(context.session(), asked, options, identifier);
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

    private @Nullable ReasonCode problem(ClientContext context, String asked) {
        var existing = context.session().subscriptions();
        return existing.size() >= settings.mqtt().maxSubscriptions() && !existing.containsKey(asked)
                ? ReasonCode.QUOTA_EXCEEDED
                : null;
    }

    /** A shared subscription is sent no retained messages (MQTT 5.0 section 4.8.2). */
    private static boolean wantsRetained(Subscription options, boolean isNew) {
        return !SharedFilter.isShared(options.filter())
                && (options.retainHandling() == RetainHandling.SEND
                        || (options.retainHandling() == RetainHandling.SEND_IF_NEW && isNew));
    }

    private void replay(SessionSubscription subscription) {
        subscription.session().replay(subscription, () -> {
            List<Publication> found = new ArrayList<>();
            retained.match(subscription.options().filter(), clock.getAsLong(), found::add);
            return found.iterator();
        });
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.security.Permission;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.topic.SharedFilter;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way of a topic filter through the gates: well-formed, intercepted, authorized as it is then. */
final class SubscriptionGate {
    private final Plugins plugins;
    private final LiveRevocation revocation;
    private final Settings settings;

    SubscriptionGate(Plugins plugins, LiveRevocation revocation, Settings settings) {
        this.plugins = plugins;
        this.revocation = revocation;
        this.settings = settings;
    }

    /**
     * What became of one filter.
     *
     * @param reason null when it is permitted
     */
    record Judged(Subscription subscription, @Nullable ReasonCode reason) {}

    /** Judges without blocking; null when that cannot be done. */
    @OnLane
    @Nullable
    List<Judged> onLane(ClientContext context, List<Subscription> asked) {
        try (PluginLease lease = plugins.lease()) {
            PluginSnapshot snapshot = lease.snapshot();
            if (isForVirtualThread(snapshot)) {
                return null;
            }
            List<Judged> judged = new ArrayList<>(asked.size());
            for (Subscription one : asked) {
                Judged intercepted = intercepted(one, x -> snapshot.subscribe().apply(context.client(), x));
                Permission permission = intercepted.reason() == null
                        ? remembered(context, snapshot, intercepted.subscription())
                        : Permission.DENIED;
                if (permission == Permission.UNDECIDED) {
                    return null;
                }
                judged.add(permitted(intercepted, permission));
            }
            return judged;
        }
    }

    /** With a source that may block, interceptors would be asked here and once more on the virtual thread. */
    private static boolean isForVirtualThread(PluginSnapshot snapshot) {
        return snapshot.subscribe().isBlocking()
                || (!snapshot.subscribe().isEmpty() && snapshot.authorization().isBlocking());
    }

    /** Judges on a virtual thread. */
    @AnyThread
    List<Judged> blocking(Client client, List<AclRule> acl, List<Subscription> asked) {
        try (PluginLease lease = plugins.lease()) {
            PluginSnapshot snapshot = lease.snapshot();
            List<Judged> judged = new ArrayList<>(asked.size());
            for (Subscription one : asked) {
                Judged intercepted = intercepted(one, x -> snapshot.subscribe().applyBlocking(client, x));
                judged.add(
                        intercepted.reason() == null
                                ? permitted(
                                        intercepted,
                                        snapshot.authorization()
                                                .decideBlocking(client, acl, action(intercepted.subscription())))
                                : intercepted);
            }
            return judged;
        }
    }

    /** Judges subscriptions that a client holds once more, on a virtual thread: the permission of each, in their order. */
    @AnyThread
    List<Permission> again(Client client, List<AclRule> acl, List<Subscription> held) {
        try (PluginLease lease = plugins.lease()) {
            return held.stream()
                    .map(one -> lease.snapshot().authorization().decideBlocking(client, acl, action(one)))
                    .toList();
        }
    }

    /** Grows with every change of policy. */
    @AnyThread
    long policy() {
        return revocation.generation();
    }

    /** What a refusal does to the connection: true to end it. */
    boolean disconnectsOnDeny() {
        return settings.authorization().disconnectOnDeny();
    }

    static Action action(Subscription subscription) {
        return new Action.Subscribe(SharedFilter.plain(subscription.filter()), subscription.maximumQos());
    }

    private Judged intercepted(Subscription asked, Function<Subscription, Verdict<Subscription>> interceptors) {
        ReasonCode malformed = problem(asked);
        if (malformed != null) {
            return new Judged(asked, malformed);
        }
        return switch (interceptors.apply(asked)) {
            case Verdict.Forward<Subscription> forward -> new Judged(forward.value(), problem(forward.value()));
            case Verdict.Drop<Subscription> _ -> new Judged(asked, ReasonCode.NOT_AUTHORIZED);
            case Verdict.Reject<Subscription> reject -> new Judged(asked, reject.reason());
        };
    }

    private static Judged permitted(Judged judged, Permission permission) {
        return judged.reason() != null || permission.isAllowed()
                ? judged
                : new Judged(judged.subscription(), ReasonCode.NOT_AUTHORIZED);
    }

    private @Nullable ReasonCode problem(Subscription subscription) {
        String filter = subscription.filter();
        boolean malformedShare = SharedFilter.isShared(filter) && SharedFilter.parse(filter) == null;
        String plain = SharedFilter.plain(filter);
        boolean valid = !malformedShare
                && TopicFilters.isValidFilter(plain)
                && !TopicLevels.exceed(plain, settings.mqtt().maxTopicLevels());
        return valid ? null : ReasonCode.TOPIC_FILTER_INVALID;
    }

    private Permission remembered(ClientContext context, PluginSnapshot snapshot, Subscription subscription) {
        long generation = snapshot.generation() + revocation.generation();
        long now = System.currentTimeMillis();
        Action action = action(subscription);
        Permission known = context.decisions().findSubscribe(action.topic(), action.qos(), generation, now);
        if (known != null) {
            return known;
        }
        Permission permission = snapshot.authorization().decideOnLane(context.client(), context.acl, action);
        context.decisions().remember(action, permission, generation, now);
        return permission;
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.broker.ModuleWait.Answer;
import io.gatehouse.kernel.payload.SubscribeChain;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.security.Permission;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.topic.FilterPrefix;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way of a topic filter through the gates: well-formed, intercepted, authorized as it is then. */
final class SubscriptionGate {
    private final TopicPlan plan;
    private final Plugins plugins;
    private final LiveRevocation revocation;
    private final Settings settings;
    private final ModuleWait wait;

    SubscriptionGate(TopicPlan plan, Plugins plugins, LiveRevocation revocation, Settings settings) {
        this.plan = plan;
        this.plugins = plugins;
        this.revocation = revocation;
        this.settings = settings;
        this.wait = new ModuleWait(plugins, settings);
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
                Judged intercepted = intercepted(
                        one,
                        x -> snapshot.subscribe()
                                .apply(context.client(), x, context.link.lane().slot()));
                Permission permission = intercepted.reason() == null
                        ? remembered(context, snapshot, intercepted.subscription())
                        : Permission.DENIED;
                if (permission == Permission.UNDECIDED
                        || (permission == Permission.ABSENT
                                && wait.isWorthwhile(snapshot.authorization().hole()))) {
                    return null;
                }
                judged.add(permitted(intercepted, permission));
            }
            return judged;
        }
    }

    /** With a source that may block or is waited for, interceptors would be asked here and once more on the virtual thread. */
    private boolean isForVirtualThread(PluginSnapshot snapshot) {
        SubscribeChain chain = snapshot.subscribe();
        return chain.isBlocking()
                || wait.isWorthwhile(chain.hole())
                || (!chain.isEmpty()
                        && (snapshot.authorization().isBlocking()
                                || wait.isWorthwhile(snapshot.authorization().hole())));
    }

    /**
     * Judges on a virtual thread; waits for absent modules. What is decided is not remembered, as it is for PUBLISH: a connection hardly
     * ever subscribes to one filter twice, and its {@link io.gatehouse.kernel.security.DecisionCache} ends with it.
     */
    @AnyThread
    List<Judged> blocking(Client client, List<AclRule> acl, List<Subscription> asked) throws InterruptedException {
        List<Judged> judged = new ArrayList<>(asked.size());
        for (Subscription one : asked) {
            Judged intercepted = wait.ask(snapshot -> {
                Gate<?> hole = snapshot.subscribe().hole();
                // Asked only when all are there, so that none is asked twice about one filter.
                return hole == null
                        ? Answer.of(intercepted(one, x -> snapshot.subscribe().applyBlocking(client, x)))
                        : new Answer<>(new Judged(one, ReasonCode.UNSPECIFIED_ERROR), hole);
            });
            judged.add(
                    intercepted.reason() == null
                            ? permitted(intercepted, permission(client, acl, intercepted.subscription()))
                            : intercepted);
        }
        return judged;
    }

    private Permission permission(Client client, List<AclRule> acl, Subscription subscription)
            throws InterruptedException {
        return wait.ask(snapshot -> {
            AuthorizationChain chain = snapshot.authorization();
            Permission permission = chain.decideBlocking(client, acl, action(subscription));
            return new Answer<>(permission, permission == Permission.ABSENT ? chain.hole() : null);
        });
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
        return new Action.Subscribe(FilterPrefix.plain(subscription.filter()), subscription.maximumQos());
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
        return plan.isFilter(subscription.filter()) ? null : ReasonCode.TOPIC_FILTER_INVALID;
    }

    private Permission remembered(ClientContext context, PluginSnapshot snapshot, Subscription subscription) {
        long generation = snapshot.generation() + revocation.generation();
        long now = System.currentTimeMillis();
        Action action = action(subscription);
        Permission known = context.decisions().findSubscribe(action.topic(), action.qos(), generation, now);
        if (known != null) {
            return known;
        }
        Permission permission = snapshot.authorization()
                .decideOnLane(
                        context.client(),
                        context.acl,
                        action,
                        context.link.lane().slot());
        context.decisions().remember(action, permission, generation, now);
        return permission;
    }
}

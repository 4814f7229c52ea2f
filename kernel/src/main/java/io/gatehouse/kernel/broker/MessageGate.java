package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.broker.ModuleWait.Answer;
import io.gatehouse.kernel.payload.PublishChain;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Gate;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.security.Permission;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.LaneSlot;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way of a message through the gates: authorized, intercepted, and authorized again when an interceptor rewrote what counts. */
final class MessageGate {
    private static final Admission UNDECIDED = new Admission.Undecided();
    private static final Admission DROPPED = new Admission.Dropped();
    private static final Admission TOO_DEEP = new Admission.Refused(ReasonCode.TOPIC_NAME_INVALID);
    private static final Admission NOT_AUTHORIZED = new Admission.Refused(ReasonCode.NOT_AUTHORIZED);

    private final Plugins plugins;
    private final LiveRevocation revocation;
    private final Settings settings;
    private final ModuleWait wait;

    MessageGate(Plugins plugins, LiveRevocation revocation, Settings settings) {
        this.plugins = plugins;
        this.revocation = revocation;
        this.settings = settings;
        this.wait = new ModuleWait(plugins, settings);
    }

    /**
     * Judges a message without blocking; {@link Admission.Undecided} or {@link Admission.Rewritten} when that cannot be done: somebody may
     * block, or is absent and worth waiting for.
     */
    @OnLane
    Admission onLane(ClientContext context, Message message) {
        try (PluginLease lease = plugins.lease()) {
            PluginSnapshot snapshot = lease.snapshot();
            PublishChain chain = snapshot.publish();
            if (chain.isBlocking() || wait.isWorthwhile(chain.hole())) {
                return UNDECIDED;
            }
            Permission permission = remembered(context, snapshot, message);
            if (isForVirtualThread(permission, snapshot)) {
                return UNDECIDED;
            }
            if (!permission.isAllowed()) {
                return NOT_AUTHORIZED;
            }
            if (chain.isEmpty()) {
                return new Admission.Admitted(message);
            }
            return switch (chain.apply(context.client(), message, slot(context))) {
                case Verdict.Drop<Message> _ -> DROPPED;
                case Verdict.Reject<Message> reject -> new Admission.Refused(reject.reason());
                case Verdict.Forward<Message> forward -> again(context, snapshot, message, forward.value());
            };
        }
    }

    /**
     * What came of a judgement on a virtual thread.
     *
     * @param permission what was said about the message as the client sent it, to be {@linkplain #remember remembered}
     */
    record Judged(Admission admission, Permission permission) {}

    /** What the decisions of this moment depend on. */
    @OnLane
    long generation() {
        return plugins.current().generation() + revocation.generation();
    }

    /** What is remembered about a message; null when nothing is. */
    @OnLane
    @Nullable
    Permission remembered(ClientContext context, Message message) {
        return context.decisions()
                .findPublish(message.topic(), message.qos(), message.retain(), generation(), now(context));
    }

    /**
     * Remembers what was decided on a virtual thread.
     *
     * @param generation as it was before
     */
    @OnLane
    void remember(ClientContext context, Message message, Permission permission, long generation) {
        context.decisions().remember(publish(message), permission, generation, now(context));
    }

    /**
     * Judges a message on a virtual thread; waits for absent modules; never undecided.
     *
     * @param known what is remembered about it
     */
    @AnyThread
    Judged judge(Client client, List<AclRule> acl, Message message, @Nullable Permission known)
            throws InterruptedException {
        Permission permission = known == null ? permission(client, acl, message) : known;
        return new Judged(permission.isAllowed() ? intercepted(client, acl, message) : NOT_AUTHORIZED, permission);
    }

    /** The same for a message of which nothing is remembered. */
    @AnyThread
    Admission blocking(Client client, List<AclRule> acl, Message message) throws InterruptedException {
        return judge(client, acl, message, null).admission();
    }

    private Admission intercepted(Client client, List<AclRule> acl, Message message) throws InterruptedException {
        Verdict<Message> verdict = wait.ask(snapshot -> {
            Gate<?> hole = snapshot.publish().hole();
            // Asked only when all are there, so that none is asked twice about one message.
            return hole == null
                    ? Answer.of(snapshot.publish().applyBlocking(client, message))
                    : new Answer<>(Verdict.reject(ReasonCode.SERVER_UNAVAILABLE, hole.name() + " is absent"), hole);
        });
        return switch (verdict) {
            case Verdict.Drop<Message> _ -> DROPPED;
            case Verdict.Reject<Message> reject -> new Admission.Refused(reject.reason());
            case Verdict.Forward<Message> forward -> againBlocking(client, acl, message, forward.value());
        };
    }

    /** Judges on a virtual thread what the interceptors made of a message; never undecided. */
    @AnyThread
    Admission blockingRewritten(Client client, List<AclRule> acl, Message message) throws InterruptedException {
        return permission(client, acl, message).isAllowed() ? new Admission.Admitted(message) : NOT_AUTHORIZED;
    }

    /** Judges on a virtual thread whether a client may leave this will, which is judged again when it is sent. */
    @AnyThread
    boolean permitsWill(Client client, List<AclRule> acl, Message will) throws InterruptedException {
        return permission(client, acl, will).isAllowed();
    }

    private Permission permission(Client client, List<AclRule> acl, Message message) throws InterruptedException {
        return wait.ask(snapshot -> {
            AuthorizationChain chain = snapshot.authorization();
            Permission permission = chain.decideBlocking(client, acl, publish(message));
            return new Answer<>(permission, permission == Permission.ABSENT ? chain.hole() : null);
        });
    }

    private boolean isForVirtualThread(Permission permission, PluginSnapshot snapshot) {
        return permission == Permission.UNDECIDED
                || (permission == Permission.ABSENT
                        && wait.isWorthwhile(snapshot.authorization().hole()));
    }

    private Admission again(ClientContext context, PluginSnapshot snapshot, Message before, Message after) {
        if (sameToAuthorization(before, after)) {
            return new Admission.Admitted(after);
        }
        if (isTooDeep(after)) {
            return TOO_DEEP;
        }
        Permission permission =
                snapshot.authorization().decideOnLane(context.client(), context.acl, publish(after), slot(context));
        if (isForVirtualThread(permission, snapshot)) {
            return new Admission.Rewritten(after);
        }
        return permission.isAllowed() ? new Admission.Admitted(after) : NOT_AUTHORIZED;
    }

    private Admission againBlocking(Client client, List<AclRule> acl, Message before, Message after)
            throws InterruptedException {
        if (sameToAuthorization(before, after)) {
            return new Admission.Admitted(after);
        }
        return isTooDeep(after) ? TOO_DEEP : blockingRewritten(client, acl, after);
    }

    /** The depth of what a client sent was looked at before; an interceptor may have added levels. */
    private boolean isTooDeep(Message message) {
        return TopicLevels.exceed(message.topic(), settings.mqtt().maxTopicLevels());
    }

    private Permission remembered(ClientContext context, PluginSnapshot snapshot, Message message) {
        long generation = snapshot.generation() + revocation.generation();
        long now = now(context);
        Permission known =
                context.decisions().findPublish(message.topic(), message.qos(), message.retain(), generation, now);
        if (known != null) {
            return known;
        }
        Action action = publish(message);
        Permission permission =
                snapshot.authorization().decideOnLane(context.client(), context.acl, action, slot(context));
        context.decisions().remember(action, permission, generation, now);
        return permission;
    }

    private static long now(ClientContext context) {
        return context.link.lane().roundMillis();
    }

    private static LaneSlot slot(ClientContext context) {
        return context.link.lane().slot();
    }

    private static boolean sameToAuthorization(Message before, Message after) {
        return before.topic().equals(after.topic()) && before.qos() == after.qos() && before.retain() == after.retain();
    }

    private static Action publish(Message message) {
        return new Action.Publish(message.topic(), message.qos(), message.retain());
    }

    /** What a refusal does to the connection: true to end it. */
    boolean disconnectsOnDeny() {
        return settings.authorization().disconnectOnDeny();
    }
}

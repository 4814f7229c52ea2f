package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.guard.BanListener;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthorizationChain;
import io.gatehouse.kernel.security.Permission;
import io.gatehouse.kernel.security.PolicyListener;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes changes of policy, of modules and of bans felt by clients that are connected already: subscriptions that are no longer permitted end,
 * revoked clients are disconnected, and deliveries that waited for a module go on.
 */
@AnyThread
final class LiveClients implements PolicyListener, BanListener {
    private static final Logger LOG = LoggerFactory.getLogger(LiveClients.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final SessionRegistry registry;
    private final SubscriptionGate gate;
    private final Subscriptions subscriptions;
    private final EventRelay events;
    private final Plugins plugins;

    /** Who judged the subscriptions there are. */
    private final AtomicReference<AuthorizationChain> judges;

    LiveClients(
            SessionRegistry registry,
            SubscriptionGate gate,
            Subscriptions subscriptions,
            EventRelay events,
            Plugins plugins) {
        this.registry = registry;
        this.gate = gate;
        this.subscriptions = subscriptions;
        this.events = events;
        this.plugins = plugins;
        this.judges = new AtomicReference<>(plugins.current().authorization());
        plugins.addChangeListener(this::pluginsChanged);
    }

    /** Disconnects a client; completed with true when it was connected. */
    CompletionStage<Boolean> disconnect(String clientId, ReasonCode reason) {
        SessionLife life = registry.find(clientId);
        if (life == null) {
            return CompletableFuture.completedStage(false);
        }
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        life.session().lane().execute(() -> {
            ClientContext context = life.context;
            if (context != null) {
                Answers.disconnect(context, reason);
            }
            done.complete(context != null);
        });
        return done;
    }

    @Override
    public void changedFor(Predicate<Client> affected) {
        forEach(life -> {
            if (affected.test(life.client)) {
                judgeAgain(life);
            }
        });
    }

    @Override
    public void revoked(Predicate<Client> revoked) {
        forEach(life -> {
            ClientContext context = life.context;
            if (context != null && revoked.test(life.client)) {
                Answers.disconnect(context, ReasonCode.NOT_AUTHORIZED);
            }
        });
    }

    /** {@inheritDoc} DISCONNECT has no word for a ban (MQTT 5.0 section 3.14.2.1). */
    @Override
    public void banned(Predicate<Client> whom) {
        forEach(life -> {
            ClientContext context = life.context;
            if (context != null && whom.test(life.client)) {
                Answers.disconnect(context, ReasonCode.ADMINISTRATIVE_ACTION);
            }
        });
    }

    private void pluginsChanged() {
        AuthorizationChain present = plugins.current().authorization();
        if (!judges.getAndSet(present).asksTheSameAs(present)) {
            changedFor(client -> true);
        }
        forEach(life -> {
            ClientContext context = life.context;
            if (context != null && context.deliveries != null) {
                context.deliveries.pluginsChanged();
            }
        });
    }

    private void forEach(Consumer<SessionLife> action) {
        registry.all().forEach(life -> life.session().lane().execute(() -> action.accept(life)));
    }

    /**
     * On a virtual thread, because a source may block; what is refused ends on the lane. When a source is absent or fails, nobody can
     * tell: what was permitted before goes on, and is judged again a little later.
     */
    @OnLane
    void judgeAgain(SessionLife life) {
        if (life.session().subscriptions().isEmpty()) {
            return;
        }
        life.cancelJudgement(); // one retry for each session, however often the policy changes
        List<SessionSubscription> held =
                List.copyOf(life.session().subscriptions().values());
        List<Subscription> options =
                held.stream().map(one -> asJudged(life, one.options())).toList();
        List<AclRule> acl = life.acl;
        Client client = life.client;
        Thread.ofVirtual().name("policy").start(() -> {
            List<Permission> permissions = ask(client, acl, options);
            life.session().lane().execute(() -> apply(life, held, permissions));
        });
    }

    /** There is an answer whatever happens, or what is no longer permitted would go on for ever. */
    private List<Permission> ask(Client client, List<AclRule> acl, List<Subscription> options) {
        try {
            return gate.again(client, acl, options);
        } catch (RuntimeException | Error e) { // such as that no thread can be had
            LOG.error("Judging subscriptions failed; they are judged again in {}", RETRY, e);
            return Collections.nCopies(options.size(), Permission.UNAVAILABLE);
        }
    }

    private static Subscription asJudged(SessionLife life, Subscription options) {
        return options.withFilter(life.mountpoint().unmountedFilter(options.filter()));
    }

    @OnLane
    private void apply(SessionLife life, List<SessionSubscription> held, List<Permission> permissions) {
        for (int i = 0; i < held.size(); i++) {
            if (permissions.get(i) == Permission.DENIED && subscriptions.remove(held.get(i))) {
                events.unsubscribed(life.client, held.get(i).asked());
            }
        }
        if (!permissions.stream().allMatch(Permission::isLasting)
                && !life.session().isEnded()) {
            life.cancelJudgement();
            life.judgement = life.session().lane().schedule(RETRY, () -> judgeAgain(life));
        }
    }
}

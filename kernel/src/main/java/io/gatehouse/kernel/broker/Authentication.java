package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who may connect: the connect interceptors, then the authentication chain, then whether that client is banned and its will permitted. Blocks, so it is called
 * on virtual threads only.
 */
@AnyThread
final class Authentication {
    private static final String INTERCEPTORS = "interceptors.connect";

    private final Plugins plugins;
    private final TopicPlan plan;
    private final MessageGate messages;
    private final Guard guard;
    private final Settings settings;

    Authentication(Plugins plugins, TopicPlan plan, MessageGate messages, Guard guard, Settings settings) {
        this.plugins = plugins;
        this.plan = plan;
        this.messages = messages;
        this.guard = guard;
        this.settings = settings;
    }

    /** Judges a CONNECT that names no authentication method. */
    ConnectDecision decide(ConnectRequest request) throws InterruptedException {
        return admitted(whileAbsent(decision -> decision.outcome() instanceof AuthOutcome.Absent, () -> {
            try (PluginLease lease = plugins.lease()) {
                return intercepted(
                        lease.snapshot(),
                        request,
                        intercepted -> new ConnectDecision(
                                intercepted, lease.snapshot().authentication().authenticate(intercepted)),
                        outcome -> new ConnectDecision(request, outcome));
            }
        }));
    }

    /** Something to ask, which may block. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws InterruptedException;
    }

    /**
     * Asks, and asks again after each change of the modules for as long as an absent one keeps the answer from being given and the
     * configured wait is not over.
     */
    <T> T whileAbsent(Predicate<T> isAbsent, Question<T> question) throws InterruptedException {
        long end = System.nanoTime()
                + settings.config().authentication().moduleWait().toNanos();
        while (true) {
            long generation = plugins.current().generation();
            T answer = question.ask();
            long left = end - System.nanoTime();
            if (!isAbsent.test(answer) || left <= 0 || !plugins.awaitChange(generation, Duration.ofNanos(left))) {
                return answer;
            }
        }
    }

    /** Goes on with the request as the connect interceptors left it, or with their refusal. */
    <T> T intercepted(
            PluginSnapshot snapshot,
            ConnectRequest request,
            Function<ConnectRequest, T> goOn,
            Function<AuthOutcome.NotAccepted, T> refuse) {
        if (!snapshot.connect().isComplete()) {
            return refuse.apply(new AuthOutcome.Absent(INTERCEPTORS));
        }
        return switch (snapshot.connect().applyBlocking(request)) {
            case Verdict.Forward<ConnectRequest> forward -> goOn.apply(forward.value());
            case Verdict.Reject<ConnectRequest> reject ->
                refuse.apply(new AuthOutcome.Refused(reject.reason(), reject.explanation(), INTERCEPTORS));
            case Verdict.Drop<ConnectRequest> _ ->
                refuse.apply(new AuthOutcome.Refused(ReasonCode.NOT_AUTHORIZED, "dropped", INTERCEPTORS));
        };
    }

    /**
     * An accepted client that is banned is refused. One that is not leaves its will under the name that the rules give it, and is refused
     * when it could not publish it itself. No lease may be held: an absent source is waited for.
     */
    ConnectDecision admitted(ConnectDecision decision) throws InterruptedException {
        return decision.outcome() instanceof AuthOutcome.Accepted accepted && guard.refuses(accepted.client())
                ? refused(decision.request(), accepted, ReasonCode.BANNED, "the client is banned")
                : permittingWill(decision);
    }

    private ConnectDecision permittingWill(ConnectDecision decision) throws InterruptedException {
        ConnectRequest request = decision.request();
        Message will = request.will();
        if (!(decision.outcome() instanceof AuthOutcome.Accepted accepted) || will == null) {
            return decision;
        }
        String name = plan.rewritten(accepted.client(), will.topic());
        if (name == null || !(plan.read(Mountpoint.NONE, name) instanceof TopicPlan.Named.Topic topic)) {
            return refused(request, accepted, ReasonCode.TOPIC_NAME_INVALID, "the topic of the will is none");
        }
        if (!messages.permitsWill(accepted.client(), accepted.accept().acl(), will.withTopic(topic.name()))) {
            return refused(request, accepted, ReasonCode.NOT_AUTHORIZED, "the client may not publish its will");
        }
        return name.equals(will.topic())
                ? decision
                : new ConnectDecision(withWill(request, will.withTopic(name)), accepted, decision.data());
    }

    private static ConnectDecision refused(
            ConnectRequest request, AuthOutcome.Accepted accepted, ReasonCode reason, String explanation) {
        return new ConnectDecision(request, new AuthOutcome.Refused(reason, explanation, accepted.module()));
    }

    private static ConnectRequest withWill(ConnectRequest request, Message will) {
        return new ConnectRequest(
                request.client(),
                request.password(),
                request.cleanStart(),
                request.sessionExpirySeconds(),
                will,
                request.userProperties());
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.PluginSnapshot;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.security.AuthOutcome;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who may connect: the connect interceptors, then the authentication chain, then whether the will is permitted. Blocks, so it is called
 * on virtual threads only.
 */
@AnyThread
final class Authentication {
    private static final String INTERCEPTORS = "interceptors.connect";

    private final Plugins plugins;
    private final MessageGate messages;
    private final Settings settings;

    Authentication(Plugins plugins, MessageGate messages, Settings settings) {
        this.plugins = plugins;
        this.messages = messages;
        this.settings = settings;
    }

    /** Judges a CONNECT that names no authentication method. */
    ConnectDecision decide(ConnectRequest request) throws InterruptedException {
        return permittingWill(whileAbsent(decision -> decision.outcome() instanceof AuthOutcome.Absent, () -> {
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

    /** An accepted client whose will it could not publish itself is refused. No lease may be held: an absent source is waited for. */
    ConnectDecision permittingWill(ConnectDecision decision) throws InterruptedException {
        Message will = decision.request().will();
        if (will == null || !(decision.outcome() instanceof AuthOutcome.Accepted accepted)) {
            return decision;
        }
        if (TopicLevels.exceed(
                will.topic(), settings.mqtt().maxTopicLevels())) { // an interceptor may have added levels
            return refused(decision, ReasonCode.TOPIC_NAME_INVALID, "the topic of the will is too deep", accepted);
        }
        return messages.permitsWill(accepted.client(), accepted.accept().acl(), will)
                ? decision
                : refused(decision, ReasonCode.NOT_AUTHORIZED, "the client may not publish its will", accepted);
    }

    private static ConnectDecision refused(
            ConnectDecision decision, ReasonCode reason, String explanation, AuthOutcome.Accepted accepted) {
        return new ConnectDecision(decision.request(), new AuthOutcome.Refused(reason, explanation, accepted.module()));
    }
}

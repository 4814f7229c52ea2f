package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.topic.DelayedTopic;
import io.gatehouse.kernel.topic.FilterPrefix;
import io.gatehouse.kernel.topic.Mountpoint;
import io.gatehouse.kernel.topic.RewriteRule;
import io.gatehouse.kernel.topic.SharedFilter;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the names that clients use, step by step.
 *
 * <pre>
 *   PUBLISH     alias ─► rewritten ─► $delayed/5/ taken off ─► authorized ─► intercepted ─► mountpoint put before it ─► routed
 *   will        rewritten at CONNECT; the rest when it is sent
 *   SUBSCRIBE   rewritten behind $share/g/, $queue/ or $exclusive/ ─► intercepted ─► authorized without that prefix
 *               ─► mountpoint put behind the prefix ─► routed
 *   UNSUBSCRIBE by the name that the client subscribed with, whatever became of it
 *   delivery    mountpoint taken off ─► intercepted ─► sent
 * </pre>
 *
 * <p>So rules of authorization and interceptors know the names as the clients of a listener know them, but for the rewriting; stores, routing,
 * event listeners and plugins that publish know those of the whole tree.
 */
@AnyThread
final class TopicPlan {
    private static final String OWN = "$SYS";
    private static final Named INVALID = new Named.Refused(ReasonCode.TOPIC_NAME_INVALID);

    private final Settings settings;

    TopicPlan(Settings settings) {
        this.settings = settings;
    }

    /** What a topic name of a client stands for. */
    sealed interface Named {
        /**
         * A topic.
         *
         * @param delaySeconds after which the message is to be published; 0 for at once
         */
        record Topic(String name, int delaySeconds) implements Named {}

        /** Nothing. */
        record Refused(ReasonCode reason) implements Named {}
    }

    /** True when a topic name of a PUBLISH stands for itself, as nearly all do: nothing further has to be asked here. */
    boolean isPlain(String topic) {
        return !topic.startsWith("$") && settings.features().rewrite().publish().isEmpty();
    }

    /** What the topic name of a PUBLISH stands for. */
    Named published(Client client, Mountpoint mountpoint, String topic) {
        String rewritten = rewritten(client, topic);
        return rewritten == null ? INVALID : read(mountpoint, rewritten);
    }

    /** The topic of a PUBLISH or a will after all rules, with its delay still before it; null when a rule cannot be followed. */
    @Nullable
    String rewritten(Client client, String topic) {
        List<RewriteRule> rules = settings.features().rewrite().publish();
        if (rules.isEmpty()) {
            return topic;
        }
        DelayedTopic delayed = DelayedTopic.parse(topic);
        String plain = delayed == null ? topic : delayed.topic();
        String rewritten = RewriteRule.rewrite(rules, plain, client.clientId(), client.username());
        return rewritten == null || delayed == null ? rewritten : delayed.prefix() + rewritten;
    }

    /** What a topic name stands for after all rules. */
    Named read(Mountpoint mountpoint, String topic) {
        String name = topic;
        int delay = 0;
        if (DelayedTopic.isDelayed(topic)) {
            DelayedTopic delayed = settings.features().delayed().enabled() ? DelayedTopic.parse(topic) : null;
            if (delayed == null) {
                return INVALID;
            }
            name = delayed.topic();
            delay = delayed.seconds();
        }
        if (!TopicFilters.isValidTopicName(name)
                || TopicLevels.exceed(name, settings.mqtt().maxTopicLevels())) {
            return INVALID;
        }
        ReasonCode problem = problem(mountpoint, name);
        return problem == null ? new Named.Topic(name, delay) : new Named.Refused(problem);
    }

    /**
     * Why no client may publish to a topic, null when one may: asked again for what interceptors made of it. {@code $SYS} is the broker's
     * own, and behind a mountpoint every topic that begins with {@code $} is.
     */
    @Nullable
    ReasonCode problem(Mountpoint mountpoint, String topic) {
        if (mountpoint.isNone() && !topic.startsWith("$")) {
            return null; // as nearly all
        }
        if (!mountpoint.takes(topic) || FilterPrefix.isFirstLevel(OWN, topic)) {
            return ReasonCode.NOT_AUTHORIZED;
        }
        return DelayedTopic.isDelayed(topic) ? ReasonCode.TOPIC_NAME_INVALID : null;
    }

    /** The filters of a SUBSCRIBE after all rules; one for which a rule cannot be followed becomes empty, which is no filter. */
    List<Subscription> subscribed(Client client, List<Subscription> asked) {
        List<RewriteRule> rules = settings.features().rewrite().subscribe();
        return rules.isEmpty()
                ? asked
                : asked.stream().map(one -> rewritten(rules, client, one)).toList();
    }

    private static Subscription rewritten(List<RewriteRule> rules, Client client, Subscription asked) {
        String filter = asked.filter();
        String plain = RewriteRule.rewrite(rules, FilterPrefix.plain(filter), client.clientId(), client.username());
        return asked.withFilter(plain == null ? "" : FilterPrefix.of(filter) + plain);
    }

    /** True when this can be a filter of a SUBSCRIBE. */
    boolean isFilter(String filter) {
        return FilterPrefix.isWellFormed(filter)
                && (settings.features().exclusiveSubscriptions() || !FilterPrefix.isExclusive(filter))
                && !TopicLevels.exceed(
                        FilterPrefix.plain(filter), settings.mqtt().maxTopicLevels());
    }

    /** Why a client may not have a filter, null when it may. */
    @Nullable
    ReasonCode filterProblem(Mountpoint mountpoint, String filter) {
        return mountpoint.takes(FilterPrefix.plain(filter)) ? null : ReasonCode.NOT_AUTHORIZED;
    }

    /**
     * A permitted subscription as it is kept and routed. A shared one cannot leave out the client's own messages: what a member does not want
     * would reach nobody.
     */
    static Subscription kept(Mountpoint mountpoint, Subscription options) {
        boolean noLocal = options.noLocal() && !SharedFilter.isShared(options.filter());
        return mountpoint.isNone() && noLocal == options.noLocal()
                ? options
                : new Subscription(
                        mountpoint.mountedFilter(options.filter()),
                        options.maximumQos(),
                        noLocal,
                        options.retainAsPublished(),
                        options.retainHandling());
    }
}

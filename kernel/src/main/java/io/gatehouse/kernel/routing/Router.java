package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.config.SharedStrategy;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.topic.FilterPrefix;
import io.gatehouse.kernel.topic.SharedFilter;
import io.gatehouse.kernel.topic.SubscriptionIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Knows who subscribed to what and brings each message to the sessions that get it. Sessions of the publisher's own lane are offered the
 * message at once; for the others it is handed over to their lanes, many at a time (see {@link LaneRouter}).
 */
public final class Router {
    private final SubscriptionIndex<SessionSubscription> direct = new SubscriptionIndex<>();
    private final SubscriptionIndex<SharedGroup> shared = new SubscriptionIndex<>();
    private final Map<String, SharedGroup> groups = new HashMap<>();
    private final List<LaneRouter> lanes;

    private final Supplier<SharedStrategy> strategy;

    /** A router without subscriptions, whose groups take turns and whose lanes hand over without limit. */
    public Router(List<Lane> lanes) {
        this(lanes, () -> SharedStrategy.ROUND_ROBIN, () -> Long.MAX_VALUE);
    }

    /**
     * A router without subscriptions.
     *
     * @param lanes in the order of their indexes
     * @param strategy asked when a shared subscription gets its first member
     * @param handoverLimit how many bytes of messages may be under way to one lane before publishers on other lanes are to be paused; any
     *     thread asks
     */
    public Router(List<Lane> lanes, Supplier<SharedStrategy> strategy, LongSupplier handoverLimit) {
        this.strategy = strategy;
        this.lanes = lanes.stream()
                .map(lane -> new LaneRouter(lane, lanes.size(), direct, shared, handoverLimit))
                .toList();
    }

    /** Brings a message to all sessions that subscribed to its topic and returns how many matching subscriptions there were. */
    @OnLane
    public int route(Lane lane, Publication publication) {
        return lanes.get(lane.index()).route(publication, lanes);
    }

    /** Brings a message to one of those who share a subscription to this filter at the moment, if there is one. */
    @OnLane
    void share(Lane lane, Publication publication, String filter) {
        SharedGroup group;
        synchronized (groups) {
            group = groups.get(filter);
        }
        if (group != null) {
            lanes.get(lane.index()).share(publication, group, lanes);
        }
    }

    /** True while another lane is behind with what this one hands over: nothing that can wait should be routed. */
    @OnLane
    public boolean isCongested(Lane lane) {
        return lanes.get(lane.index()).congestion().isThere();
    }

    /** Does something on this lane when it is no longer {@linkplain #isCongested congested}. */
    @OnLane
    public void whenRelieved(Lane lane, Runnable task) {
        lanes.get(lane.index()).congestion().whenRelieved(task);
    }

    /** From now on messages that the subscription's filter selects reach its session. */
    @AnyThread
    public void add(SessionSubscription subscription) {
        String filter = subscription.options().filter();
        SharedFilter share = SharedFilter.parse(filter);
        if (share == null) {
            direct.add(FilterPrefix.plain(filter), subscription);
            return;
        }
        synchronized (groups) {
            SharedGroup group = groups.get(filter);
            if (group == null) {
                group = new SharedGroup(this, filter, Turn.by(strategy.get()));
                groups.put(filter, group);
                shared.add(share.filter(), group);
            }
            group.add(subscription);
        }
    }

    /** Puts a new subscription of the same session in the place of an old one; no message falls between them. */
    @AnyThread
    public void replace(SessionSubscription old, SessionSubscription replacement) {
        String filter = replacement.options().filter();
        if (filter.equals(old.options().filter()) && SharedFilter.parse(filter) == null) {
            direct.replace(FilterPrefix.plain(filter), old, replacement);
        } else {
            add(replacement);
            remove(old);
        }
    }

    /** Ends what {@link #add} began. Messages already on their way to another lane may still arrive. */
    @AnyThread
    public void remove(SessionSubscription subscription) {
        String filter = subscription.options().filter();
        SharedFilter share = SharedFilter.parse(filter);
        if (share == null) {
            direct.remove(FilterPrefix.plain(filter), subscription);
            return;
        }
        synchronized (groups) {
            SharedGroup group = groups.get(filter);
            if (group != null) {
                group.remove(subscription);
                if (group.isEmpty()) {
                    groups.remove(filter);
                    shared.remove(share.filter(), group);
                }
            }
        }
    }
}

package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.topic.FilterPrefix;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who holds which topic of {@code $exclusive/topic}: one subscription each. Sessions of different lanes that claim one topic at the same
 * moment are told apart by the map, so that exactly one gets it.
 */
@AnyThread
final class ExclusiveTopics {
    private final ConcurrentHashMap<String, SessionSubscription> holders = new ConcurrentHashMap<>();

    /**
     * Claims the topic of an exclusive subscription, on the lane of its session; the subscription that it replaces gives way.
     *
     * @return false when somebody else holds it, or the session itself by another name; true for one that is not exclusive
     */
    boolean claim(SessionSubscription subscription) {
        String filter = subscription.options().filter();
        if (!FilterPrefix.isExclusive(filter)) {
            return true;
        }
        SessionSubscription holder = holders.putIfAbsent(FilterPrefix.plain(filter), subscription);
        return holder == null
                || (isReplaced(holder, subscription)
                        && holders.replace(FilterPrefix.plain(filter), holder, subscription));
    }

    /** Frees the topic of a subscription that has ended, if it still holds it. */
    void release(SessionSubscription subscription) {
        String filter = subscription.options().filter();
        if (FilterPrefix.isExclusive(filter)) {
            holders.remove(FilterPrefix.plain(filter), subscription);
        }
    }

    @SuppressWarnings("ReferenceEquality") // sessions are compared by identity
    private static boolean isReplaced(SessionSubscription holder, SessionSubscription subscription) {
        return holder.session() == subscription.session() && holder.asked().equals(subscription.asked());
    }
}

package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.Set;

/**
 * The actions a rule speaks about.
 *
 * @param publish true when it speaks about publications
 * @param subscribe true when it speaks about subscriptions
 * @param qos the qualities of service it speaks about
 * @param retain the publications it speaks about; a subscription is never retained
 */
record Operations(boolean publish, boolean subscribe, Set<Qos> qos, Retain retain) {
    /** Which publications. */
    enum Retain {
        /** Retained or not. */
        ANY,
        /** Only retained ones. */
        ONLY,
        /** Only such as are not retained. */
        NEVER
    }

    /** Everything. */
    static final Operations ALL = new Operations(true, true, Set.of(Qos.values()), Retain.ANY);

    Operations {
        qos = Set.copyOf(qos);
    }

    /** True when the rule speaks about this action, whatever its topic. */
    boolean include(Action action) {
        return switch (action) {
            case Action.Publish publication ->
                publish && qos.contains(publication.qos()) && retainIncludes(publication.retain());
            case Action.Subscribe subscription -> subscribe && qos.contains(subscription.qos());
        };
    }

    private boolean retainIncludes(boolean retained) {
        return switch (retain) {
            case ANY -> true;
            case ONLY -> retained;
            case NEVER -> !retained;
        };
    }
}

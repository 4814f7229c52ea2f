package io.gatehouse.sdk.authz;

import io.gatehouse.sdk.mqtt.Qos;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One rule that an authenticator attaches to a client. Rules are read in order and the first that matches decides.
 *
 * @param permit true to allow, false to deny
 * @param kinds the actions it speaks about; empty for all
 * @param topicFilter a valid topic filter. A publication matches when its topic matches this filter. A subscription matches a rule
 *     that allows when its filter is covered by this one, which means that it can select no topic that this one does not select; it
 *     matches a rule that denies when its filter overlaps this one, which means that it could select a topic that is denied
 * @param qos the qualities of service it speaks about; empty for all
 * @param retain only retained (true) or only unretained (false) publications; empty for both; says nothing about subscriptions
 */
public record AclRule(boolean permit, Set<Kind> kinds, String topicFilter, Set<Qos> qos, Optional<Boolean> retain) {

    /** The kinds of action. */
    public enum Kind {
        PUBLISH,
        SUBSCRIBE
    }

    public AclRule {
        kinds = Set.copyOf(kinds);
        qos = Set.copyOf(qos);
    }

    /** Allows these kinds of action on topics under this filter, whatever the quality of service. */
    public static AclRule allow(String topicFilter, Kind... kinds) {
        return new AclRule(true, setOf(kinds), topicFilter, Set.of(), Optional.empty());
    }

    /** Denies these kinds of action on topics under this filter, whatever the quality of service. */
    public static AclRule deny(String topicFilter, Kind... kinds) {
        return new AclRule(false, setOf(kinds), topicFilter, Set.of(), Optional.empty());
    }

    private static Set<Kind> setOf(Kind... kinds) {
        Set<Kind> set = EnumSet.noneOf(Kind.class);
        Collections.addAll(set, kinds);
        return set;
    }
}

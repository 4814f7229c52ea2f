package io.gatehouse.authz.acl.rule;

import io.gatehouse.authz.acl.term.Position;
import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.mqtt.Client;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of an {@code acl.conf}.
 *
 * @param at where it stands in the file
 * @param permit true to allow, false to deny
 */
record Rule(Position at, boolean permit, Who who, Operations operations, List<TopicPattern> topics) {
    Rule {
        topics = List.copyOf(topics);
    }

    /** True when the rule decides about this action of this client. */
    boolean matches(Client client, Action action, @Nullable String commonName) {
        return operations.include(action) && who.includes(client, !permit) && selectsTopic(client, action, commonName);
    }

    private boolean selectsTopic(Client client, Action action, @Nullable String commonName) {
        for (int i = 0; i < topics.size(); i++) {
            if (topics.get(i).selects(action, permit, client, commonName)) {
                return true;
            }
        }
        return false;
    }

    boolean usesCommonName() {
        return topics.stream()
                .anyMatch(topic -> topic instanceof TopicPattern.Personal personal
                        && personal.template().usesCommonName());
    }
}

package io.gatehouse.authz.acl.rule;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.TopicFilters;
import org.jspecify.annotations.Nullable;

/** The topics a rule speaks about. */
sealed interface TopicPattern {
    /**
     * True when the rule speaks about the topic of this action.
     *
     * @param permit true in a rule that allows. Such a rule must speak about everything a subscription could bring; for one that denies it
     *     is enough when it speaks about something a subscription could bring
     */
    boolean selects(Action action, boolean permit, Client client, @Nullable String commonName);

    /** {@code all}. */
    record Every() implements TopicPattern {
        @Override
        public boolean selects(Action action, boolean permit, Client client, @Nullable String commonName) {
            return true;
        }
    }

    /** Exactly this topic, and for subscriptions exactly this filter, wildcards being nothing special. */
    record Literal(String text) implements TopicPattern {
        @Override
        public boolean selects(Action action, boolean permit, Client client, @Nullable String commonName) {
            return action.topic().equals(text);
        }
    }

    /** The topics this filter selects. */
    record Filter(String filter) implements TopicPattern {
        @Override
        public boolean selects(Action action, boolean permit, Client client, @Nullable String commonName) {
            return selects(filter, action, permit);
        }

        static boolean selects(String filter, Action action, boolean permit) {
            return switch (action) {
                case Action.Publish publication -> TopicFilters.matches(filter, publication.topic());
                case Action.Subscribe subscription ->
                    permit
                            ? TopicFilters.covers(filter, subscription.topic())
                            : TopicFilters.overlaps(filter, subscription.topic());
            };
        }
    }

    /** The topics that a filter made of the client's names selects; none when the names do not give a filter. */
    record Personal(TopicTemplate template) implements TopicPattern {
        @Override
        public boolean selects(Action action, boolean permit, Client client, @Nullable String commonName) {
            String filter = template.filledFor(client, commonName);
            return filter != null && Filter.selects(filter, action, permit);
        }
    }
}

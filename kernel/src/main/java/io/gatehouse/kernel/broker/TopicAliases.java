package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The topic aliases that a client has set on its connection (MQTT 5.0 section 3.3.2.3.4). The topics they stand for are bounded in
 * number and in total length.
 */
@OnLane
final class TopicAliases {
    /** No alias is taken. */
    static final TopicAliases NONE = new TopicAliases(0, 0);

    private static final @Nullable String[] NONE_YET = new String[0];
    private static final int FIRST = 4;

    private final int maximum;
    private final int maxCharacters;
    private @Nullable String[] topics = NONE_YET;
    private int characters;

    /**
     * No alias is set yet.
     *
     * @param maximum the highest alias
     * @param maxCharacters of all topics together
     */
    TopicAliases(int maximum, int maxCharacters) {
        this.maximum = maximum;
        this.maxCharacters = maxCharacters;
    }

    /**
     * The topic of a PUBLISH that carries an alias; remembers the topic when the PUBLISH carries that too.
     *
     * @return null when the alias is out of range, unknown, or one too many
     */
    @Nullable
    String resolve(int alias, String topic) {
        if (alias > maximum) {
            return null;
        }
        if (topic.isEmpty()) {
            return alias < topics.length ? topics[alias] : null;
        }
        return remember(alias, topic) ? topic : null;
    }

    /** Why {@link #resolve} knew no topic (MQTT 5.0 sections 3.3.2.3.4 and 3.3.4). */
    ReasonCode problem(int alias, String topic) {
        if (alias > maximum) {
            return ReasonCode.TOPIC_ALIAS_INVALID;
        }
        return topic.isEmpty() ? ReasonCode.PROTOCOL_ERROR : ReasonCode.QUOTA_EXCEEDED;
    }

    private boolean remember(int alias, String topic) {
        if (alias >= topics.length) {
            topics = Arrays.copyOf(
                    topics, Math.min(maximum + 1, Math.max(alias + 1, Math.max(FIRST, topics.length * 2))));
        }
        String old = topics[alias];
        characters += topic.length() - (old == null ? 0 : old.length());
        topics[alias] = topic;
        return characters <= maxCharacters;
    }
}

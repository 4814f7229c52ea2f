package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * The topic aliases that a client has set on its connection (MQTT 5.0 section 3.3.2.3.4). The topics they stand for are bounded in
 * number and in total length.
 */
@OnLane
final class TopicAliases {
    /** No alias is taken. */
    static final TopicAliases NONE = new TopicAliases(0, 0);

    private static final char[] NO_ALIASES = {};
    private static final @Nullable String[] NO_TOPICS = new String[0];
    private static final int FIRST = 4;
    private static final int SPREAD = 0x9E37_79B9;

    private final int maximum;
    private final int maxCharacters;

    /**
     * A hash table with open addressing, of a power of two of places; 0 where there is no alias. A client sets what aliases it likes: a
     * place for each that there could be would cost as much for one of them as for all.
     */
    private char[] aliases = NO_ALIASES;

    private @Nullable String[] topics = NO_TOPICS;
    private int size;
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
            return size == 0 ? null : topics[place(alias)];
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

    /** How many places there are, for aliases that are set and others. */
    int room() {
        return topics.length;
    }

    private boolean remember(int alias, String topic) {
        if (size >= topics.length / 2) {
            grow();
        }
        int place = place(alias);
        String old = topics[place];
        size += old == null ? 1 : 0;
        characters += topic.length() - (old == null ? 0 : old.length());
        aliases[place] = (char) alias;
        topics[place] = topic;
        return characters <= maxCharacters;
    }

    /** Where the alias is, or where it belongs. At least every other place is free. */
    private int place(int alias) {
        int last = topics.length - 1;
        int place = ((alias * SPREAD) >>> 16) & last;
        while (aliases[place] != alias && aliases[place] != 0) {
            place = (place + 1) & last;
        }
        return place;
    }

    private void grow() {
        char[] before = aliases;
        @Nullable String[] topicsBefore = topics;
        aliases = new char[Math.max(FIRST, before.length * 2)];
        topics = new String[aliases.length];
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 0) {
                int place = place(before[i]);
                aliases[place] = before[i];
                topics[place] = topicsBefore[i];
            }
        }
    }
}

package io.gatehouse.kernel.security;

import io.gatehouse.sdk.authz.Action;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The authorization decisions of one client: bounded, the least recently used goes first. Belongs to the client's lane, is not thread
 * safe, and allocates nothing on a hit.
 *
 * <p>{@code generation} stands for everything a decision depends on. It must be read before the decision is made and handed to
 * {@link #remember} unchanged, so that a decision overtaken by a change is never found. The sum of the snapshot's generation and that of
 * {@link LiveRevocation} serves: both only grow. {@code nowMillis} comes from any clock that does not go back.
 */
public final class DecisionCache {
    private static final float LOAD_FACTOR = 0.75f;

    /** Decisions about longer topics are made anew each time, so that a connection cannot hold much memory here. */
    private static final int LONGEST_TOPIC = 1_024;

    private final int size;
    private final long lifeMillis;

    /** The only decision, null when there is none or when there are several: most clients do one thing. */
    private @Nullable Decision only;

    /** Several decisions, null until there are. */
    private @Nullable Several several;

    private long generation = Long.MIN_VALUE;

    /**
     * @param size at most this many decisions, 0 to remember none
     * @param lifeMillis how long each is good
     */
    public DecisionCache(int size, long lifeMillis) {
        this.size = size;
        this.lifeMillis = lifeMillis;
    }

    /** The remembered decision about a publication; null when there is none. */
    public @Nullable Permission findPublish(String topic, Qos qos, boolean retain, long generation, long nowMillis) {
        return find(true, topic, qos, retain, generation, nowMillis);
    }

    /** The remembered decision about a subscription; null when there is none. */
    public @Nullable Permission findSubscribe(String filter, Qos qos, long generation, long nowMillis) {
        return find(false, filter, qos, false, generation, nowMillis);
    }

    /**
     * Remembers a decision. One that says nothing about the next time ({@link Permission#isLasting}) is
     * not remembered, nor is one older than those already here or about a very long topic.
     */
    public void remember(Action action, Permission permission, long generation, long nowMillis) {
        if (size == 0
                || !permission.isLasting()
                || generation < this.generation
                || action.topic().length() > LONGEST_TOPIC) {
            return;
        }
        forgetOlderThan(generation);
        Decision decision = new Decision(permission, nowMillis);
        switch (action) {
            case Action.Publish publish -> decision.about(true, publish.topic(), publish.qos(), publish.retain());
            case Action.Subscribe subscribe -> decision.about(false, subscribe.topic(), subscribe.qos(), false);
        }
        put(decision);
    }

    /** How many decisions are held. */
    public int size() {
        return several != null ? several.entries.size() : only != null ? 1 : 0;
    }

    private void put(Decision decision) {
        Several many = several;
        if (many == null) {
            Decision first = only;
            if (first == null || size == 1 || first.equals(decision)) {
                only = decision;
                return;
            }
            many = new Several();
            many.entries.put(first, first);
            several = many;
            only = null;
        }
        many.entries.put(decision, decision);
        if (many.entries.size() > size) {
            many.entries.pollFirstEntry();
        }
    }

    private @Nullable Permission find(
            boolean publish, String topic, Qos qos, boolean retain, long generation, long nowMillis) {
        if (generation != this.generation) {
            forgetOlderThan(generation);
            return null;
        }
        Decision found = find(publish, topic, qos, retain);
        if (found == null) {
            return null;
        }
        if (nowMillis - found.sinceMillis >= lifeMillis) {
            forget(found);
            return null;
        }
        return found.permission;
    }

    private @Nullable Decision find(boolean publish, String topic, Qos qos, boolean retain) {
        Several many = several;
        if (many != null) {
            many.probe.about(publish, topic, qos, retain);
            return many.entries.get(many.probe);
        }
        Decision one = only;
        return one != null && one.isAbout(publish, topic, qos, retain) ? one : null;
    }

    private void forget(Decision decision) {
        only = null;
        if (several != null) {
            several.entries.remove(decision);
        }
    }

    private void forgetOlderThan(long current) {
        if (current > generation) {
            generation = current;
            only = null;
            several = null;
        }
    }

    /** Decisions by what they are about, and an instance to look them up with, which is no decision. */
    private static final class Several {
        private final Decision probe = new Decision(Permission.UNDECIDED, 0);
        private final LinkedHashMap<Decision, Decision> entries = new LinkedHashMap<>(16, LOAD_FACTOR, true);
    }

    /** A decision, equal to another about the same. Mutable, so that the probe can look up without allocating; the others never change. */
    private static final class Decision {
        private final Permission permission;
        private final long sinceMillis;
        private String topic = "";
        private Qos qos = Qos.AT_MOST_ONCE;
        private boolean publish;
        private boolean retain;

        Decision(Permission permission, long sinceMillis) {
            this.permission = permission;
            this.sinceMillis = sinceMillis;
        }

        void about(boolean publish, String topic, Qos qos, boolean retain) {
            this.publish = publish;
            this.topic = topic;
            this.qos = qos;
            this.retain = retain;
        }

        boolean isAbout(boolean publish, String topic, Qos qos, boolean retain) {
            return this.publish == publish && this.retain == retain && this.qos == qos && this.topic.equals(topic);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Decision that && isAbout(that.publish, that.topic, that.qos, that.retain);
        }

        @Override
        public int hashCode() {
            return topic.hashCode() * 31 + qos.level() * 4 + (publish ? 2 : 0) + (retain ? 1 : 0);
        }
    }
}

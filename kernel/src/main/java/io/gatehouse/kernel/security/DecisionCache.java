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

    private final int size;
    private final long lifeMillis;
    private final Key probe = new Key();
    private final LinkedHashMap<Key, Remembered> entries;
    private long generation = Long.MIN_VALUE;

    /**
     * @param size at most this many decisions, 0 to remember none
     * @param lifeMillis how long each is good
     */
    public DecisionCache(int size, long lifeMillis) {
        this.size = size;
        this.lifeMillis = lifeMillis;
        this.entries = new LinkedHashMap<>(16, LOAD_FACTOR, true);
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
     * not remembered, nor is one older than those already here.
     */
    public void remember(Action action, Permission permission, long generation, long nowMillis) {
        if (size == 0 || !permission.isLasting() || generation < this.generation) {
            return;
        }
        forgetOlderThan(generation);
        Key key = new Key();
        switch (action) {
            case Action.Publish publish -> key.set(true, publish.topic(), publish.qos(), publish.retain());
            case Action.Subscribe subscribe -> key.set(false, subscribe.topic(), subscribe.qos(), false);
        }
        entries.put(key, new Remembered(permission, nowMillis));
        if (entries.size() > size) {
            entries.pollFirstEntry();
        }
    }

    /** How many decisions are held. */
    public int size() {
        return entries.size();
    }

    private @Nullable Permission find(
            boolean publish, String topic, Qos qos, boolean retain, long generation, long nowMillis) {
        if (generation != this.generation) {
            forgetOlderThan(generation);
            return null;
        }
        probe.set(publish, topic, qos, retain);
        Remembered entry = entries.get(probe);
        if (entry == null) {
            return null;
        }
        if (nowMillis - entry.sinceMillis >= lifeMillis) {
            entries.remove(probe);
            return null;
        }
        return entry.permission;
    }

    private void forgetOlderThan(long current) {
        if (current > generation) {
            generation = current;
            entries.clear();
        }
    }

    private record Remembered(Permission permission, long sinceMillis) {}

    /** Mutable, so that one instance can look up without allocating. Instances in the map are never changed. */
    private static final class Key {
        private boolean publish;
        private String topic = "";
        private Qos qos = Qos.AT_MOST_ONCE;
        private boolean retain;

        void set(boolean publish, String topic, Qos qos, boolean retain) {
            this.publish = publish;
            this.topic = topic;
            this.qos = qos;
            this.retain = retain;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that
                    && publish == that.publish
                    && retain == that.retain
                    && qos == that.qos
                    && topic.equals(that.topic);
        }

        @Override
        public int hashCode() {
            return topic.hashCode() * 31 + qos.level() * 4 + (publish ? 2 : 0) + (retain ? 1 : 0);
        }
    }
}

package io.gatehouse.kernel.topic;

import java.util.concurrent.ThreadLocalRandom;

/**
 * The levels of topics and filters: parts of a string between slashes, found and hashed where they stand, without a copy.
 *
 * <p>The hash is seeded for each process and mixes after each character, so that nobody who chooses names can make them collide.
 */
final class Level {
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Level() {}

    /** Where the level that begins here ends: at the next slash or at the end. */
    static int end(String topic, int from) {
        int slash = topic.indexOf('/', from);
        return slash < 0 ? topic.length() : slash;
    }

    /** The hash of a level. */
    static int hash(String topic, int from, int to) {
        long hash = SEED;
        for (int i = from; i < to; i++) {
            hash = (hash ^ topic.charAt(i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    /** True when the level is this one character. */
    static boolean is(char wildcard, String filter, int from, int to) {
        return to - from == 1 && filter.charAt(from) == wildcard;
    }
}

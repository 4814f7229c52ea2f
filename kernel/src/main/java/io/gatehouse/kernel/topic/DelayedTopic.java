package io.gatehouse.kernel.topic;

import org.jspecify.annotations.Nullable;

/**
 * The topic of a message that is to be published later, taken apart: {@code $delayed/seconds/topic}.
 *
 * @param seconds 0 to {@value #MOST_SECONDS}
 * @param topic the topic that it is for
 */
public record DelayedTopic(int seconds, String topic) {
    /** A little less than fifty days. */
    public static final int MOST_SECONDS = 4_294_967;

    private static final String PREFIX = "$delayed/";
    private static final int MOST_DIGITS = 7;

    /** True when the topic asks for a delay, well-formed or not. */
    public static boolean isDelayed(String topic) {
        return FilterPrefix.isFirstLevel("$delayed", topic);
    }

    /** The parts, null when the delay or the topic is missing or malformed. */
    public static @Nullable DelayedTopic parse(String topic) {
        int slash = topic.indexOf('/', PREFIX.length());
        if (!topic.startsWith(PREFIX) || slash < 0 || slash == topic.length() - 1) {
            return null;
        }
        int seconds = number(topic, PREFIX.length(), slash);
        return seconds < 0 || seconds > MOST_SECONDS ? null : new DelayedTopic(seconds, topic.substring(slash + 1));
    }

    /** The prefix with the slash that ends it. */
    public String prefix() {
        return PREFIX + seconds + '/';
    }

    /** Digits of ASCII and nothing else; -1 for what is no number. */
    private static int number(String text, int from, int to) {
        if (from == to || to - from > MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + (digit - '0');
        }
        return number;
    }
}

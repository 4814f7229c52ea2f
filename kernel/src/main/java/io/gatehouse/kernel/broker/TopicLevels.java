package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.AnyThread;

/** The bound on the depth of topics and filters. */
@AnyThread
final class TopicLevels {
    private TopicLevels() {}

    /** True when the topic name or filter has more than so many levels. */
    static boolean exceed(String topic, int most) {
        int levels = 1;
        for (int slash = topic.indexOf('/'); slash >= 0; slash = topic.indexOf('/', slash + 1)) {
            levels++;
            if (levels > most) {
                return true;
            }
        }
        return false;
    }
}

package io.gatehouse.kernel.store;

import io.gatehouse.kernel.topic.Steps;
import io.gatehouse.sdk.mqtt.Message;
import java.util.Objects;
import java.util.stream.Stream;

/** What a search finds. */
final class Found {
    private Found() {}

    static Stream<Message> in(RetainedStore store, String filter, long now) {
        RetainedSearch search = store.search(filter);
        return Stream.generate(() -> search.next(now, Steps.ALL))
                .takeWhile(Objects::nonNull)
                .map(Publication::message);
    }
}

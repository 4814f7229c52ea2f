package io.gatehouse.kernel.store;

import io.gatehouse.kernel.topic.TopicTree;
import java.util.function.Consumer;

/** Retained messages that live as long as the process; one that has expired is forgotten when a search meets it. */
public final class MemoryRetainedStore implements RetainedStore {
    private final TopicTree<Publication> messages = new TopicTree<>();
    private final int limit;

    /**
     * An empty store.
     *
     * @param limit how many messages it keeps at most
     */
    public MemoryRetainedStore(int limit) {
        this.limit = limit;
    }

    @Override
    public void retain(Publication publication) {
        String topic = publication.message().topic();
        if (publication.message().payload().isEmpty()) {
            messages.remove(topic);
        } else if (hasRoomFor(topic)) {
            messages.put(topic, publication);
        }
    }

    @Override
    public boolean hasRoomFor(String topic) {
        return messages.size() < limit || messages.get(topic) != null;
    }

    @Override
    public void match(String filter, long nowMillis, Consumer<Publication> found) {
        messages.match(filter, publication -> {
            if (publication.isExpired(nowMillis)) {
                messages.remove(publication.message().topic(), publication);
            } else {
                found.accept(publication);
            }
        });
    }

    @Override
    public int size() {
        return messages.size();
    }
}

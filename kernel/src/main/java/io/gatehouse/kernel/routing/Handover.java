package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages that one lane collected for another, with the subscriptions they are for; written by the one, then read by the other. */
final class Handover {
    /** What an entry takes beside the message, in bytes. */
    private static final int ENTRY = 32;

    private final List<Publication> publications = new ArrayList<>();
    private final List<SessionSubscription> subscriptions = new ArrayList<>();
    private final List<Boolean> repeats = new ArrayList<>();
    private final List<@Nullable Share> shares = new ArrayList<>();
    private long bytes;

    @SuppressWarnings("ReferenceEquality") // the very publication
    void add(Publication publication, SessionSubscription subscription, boolean mayRepeat, @Nullable Share share) {
        boolean another = publications.isEmpty() || publications.getLast() != publication;
        bytes += ENTRY + (another ? publication.size() : 0);
        publications.add(publication);
        subscriptions.add(subscription);
        repeats.add(mayRepeat);
        shares.add(share);
    }

    /** How much memory all this takes, roughly. */
    long bytes() {
        return bytes;
    }

    int size() {
        return publications.size();
    }

    Publication publication(int index) {
        return publications.get(index);
    }

    SessionSubscription subscription(int index) {
        return subscriptions.get(index);
    }

    /** True when the same session may occur again with this message. */
    boolean mayRepeat(int index) {
        return repeats.get(index);
    }

    /** Why the subscription is served as a member of a group, null when it is not shared. */
    @Nullable
    Share share(int index) {
        return shares.get(index);
    }
}

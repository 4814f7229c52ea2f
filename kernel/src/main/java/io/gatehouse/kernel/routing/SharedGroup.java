package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Heirs;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shared subscription (MQTT 5.0 section 4.8.2). Messages go round: each to the next member that is connected, and
 * when none is, to the next of all, in whose session it waits. Reading takes no lock; the router makes changes under its own.
 */
@AnyThread
final class SharedGroup implements Heirs {
    private final Router router;
    private final String filter;
    private final AtomicInteger turn = new AtomicInteger();
    private volatile SessionSubscription[] members = {};

    /** The group of those who subscribed to this filter, {@code $share} included. */
    SharedGroup(Router router, String filter) {
        this.router = router;
        this.filter = filter;
    }

    void add(SessionSubscription member) {
        SessionSubscription[] more = Arrays.copyOf(members, members.length + 1);
        more[members.length] = member;
        members = more;
    }

    void remove(SessionSubscription member) {
        members = Arrays.stream(members).filter(other -> other != member).toArray(SessionSubscription[]::new);
    }

    @Override
    public void passOn(Lane lane, Publication publication) {
        router.share(lane, publication, filter); // which may be another group by now
    }

    boolean isEmpty() {
        return members.length == 0;
    }

    /** Whose turn it is, null when the group has just become empty. */
    @Nullable
    SessionSubscription next() {
        SessionSubscription[] now = members;
        if (now.length == 0) {
            return null;
        }
        int start = Math.floorMod(turn.getAndIncrement(), now.length);
        for (int i = 0; i < now.length; i++) {
            SessionSubscription member = now[(start + i) % now.length];
            if (member.session().isConnected()) {
                return member;
            }
        }
        return now[start];
    }
}

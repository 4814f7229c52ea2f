package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Heirs;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shared subscription (MQTT 5.0 section 4.8.2). Each message goes to the member whose {@link Turn} it is, or to the
 * next one that is connected; when none is, it waits in the session of the one whose turn it was. Reading takes no lock; the router
 * makes changes under its own.
 */
@AnyThread
final class SharedGroup implements Heirs {
    private final Router router;
    private final String filter;
    private final Turn turn;
    private volatile SessionSubscription[] members = {};

    /** The group of those who subscribed to this filter, its prefix included. */
    SharedGroup(Router router, String filter, Turn turn) {
        this.router = router;
        this.filter = filter;
        this.turn = turn;
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
    SessionSubscription next(Publication publication, Lane lane) {
        SessionSubscription[] now = members;
        if (now.length == 0) {
            return null;
        }
        int start = turn.of(now, publication, lane);
        for (int i = 0; i < now.length; i++) {
            SessionSubscription member = now[(start + i) % now.length];
            if (member.session().isConnected()) {
                return member;
            }
        }
        return now[start];
    }
}

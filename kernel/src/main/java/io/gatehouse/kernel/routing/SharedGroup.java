package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Heirs;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The members of one shared subscription (MQTT 5.0 section 4.8.2). Each message goes to the member whose {@link Turn} it is, or to the
 * next one that is connected and seems to have room; when there is none, to one that is away and keeps it. Who turns out to have no room
 * sends the message on by a {@link Detour}. Reading takes no lock; the router makes changes under its own.
 */
@AnyThread
final class SharedGroup implements Heirs, Share {
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
        SessionSubscription[] fewer =
                Arrays.stream(members).filter(other -> other != member).toArray(SessionSubscription[]::new);
        members = fewer;
        if (Arrays.stream(fewer).noneMatch(other -> other.session() == member.session())) {
            turn.left(member.session());
        }
    }

    @Override
    public void passOn(Lane lane, Publication publication) {
        router.share(lane, publication, filter); // which may be another group by now
    }

    @Override
    public SharedGroup group() {
        return this;
    }

    @Override
    public Detour after(SessionSubscription member) {
        return new Detour(this, member, members);
    }

    @Override
    public boolean isLast() {
        return false;
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
            if (mayTake(member, publication)) {
                return member;
            }
        }
        return whenNobodyTakesIt(now, start, publication);
    }

    /** Nobody who is connected has room. */
    private static SessionSubscription whenNobodyTakesIt(
            SessionSubscription[] now, int start, Publication publication) {
        for (int i = 0; i < now.length; i++) {
            SessionSubscription member = now[(start + i) % now.length];
            if (mayKeep(member, publication)) {
                return member;
            }
        }
        return connected(now, start, now[start]);
    }

    /** This member if it is connected; else the first that is, or this one when none is. */
    static SessionSubscription connected(SessionSubscription[] members, int start, SessionSubscription preferred) {
        if (preferred.session().isConnected()) {
            return preferred;
        }
        for (int i = 0; i < members.length; i++) {
            SessionSubscription member = members[(start + i) % members.length];
            if (member.session().isConnected()) {
                return member;
            }
        }
        return preferred;
    }

    /** True when it is connected and seems to have room. */
    static boolean mayTake(SessionSubscription member, Publication publication) {
        Session session = member.session();
        return session.isConnected() && session.mayHaveRoomFor(publication, member.qosOf(publication));
    }

    /** True when the message would not be lost with it, connected or not, and it seems to have room. */
    static boolean mayKeep(SessionSubscription member, Publication publication) {
        Qos qos = member.qosOf(publication);
        return (qos != Qos.AT_MOST_ONCE || member.session().isConnected())
                && member.session().mayHaveRoomFor(publication, qos);
    }
}

package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The way of one message of a shared subscription from a member that had no room to one that has. It goes from lane to lane with the
 * message. Each of those who were members at the beginning is asked at most once: first those that are connected, then those that are
 * away and keep the message. When none has room the message goes back to the first, or to one that is connected if that is away: there
 * something is dropped.
 */
@OnLane
final class Detour implements Share {
    private final SharedGroup group;
    private final SessionSubscription first;
    private final SessionSubscription[] members;
    private final BitSet asked;
    private final int start;
    private int looked;
    private boolean last;

    /** @param first who was asked already */
    Detour(SharedGroup group, SessionSubscription first, SessionSubscription[] members) {
        this.group = group;
        this.first = first;
        this.members = members;
        this.asked = new BitSet(members.length);
        int index = Arrays.asList(members).indexOf(first); // -1 when it has left meanwhile
        this.start = index + 1;
        if (index >= 0) {
            asked.set(index);
        }
    }

    @Override
    public SharedGroup group() {
        return group;
    }

    @Override
    public Detour after(SessionSubscription member) {
        return this;
    }

    @Override
    public boolean isLast() {
        return last;
    }

    /** Whom to ask next. */
    SessionSubscription next(Publication publication) {
        while (looked < 2 * members.length) {
            int index = (start + looked) % members.length;
            boolean awayToo = looked >= members.length;
            looked++;
            boolean worthAsking = awayToo
                    ? SharedGroup.mayKeep(members[index], publication)
                    : SharedGroup.mayTake(members[index], publication);
            if (worthAsking && !asked.get(index)) {
                asked.set(index);
                return members[index];
            }
        }
        last = true;
        return SharedGroup.connected(members, start, first);
    }
}

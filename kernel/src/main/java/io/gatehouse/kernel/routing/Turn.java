package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.config.SharedStrategy;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Says whose turn it is in one shared subscription. The group asks for each message, and goes on to the next member when the one it is
 * told is not connected or has no room. Any lane asks, at any time; no lock is taken.
 */
@AnyThread
interface Turn {
    /**
     * The index of the member that should get the message, in an array of at least one.
     *
     * @param lane the one that asks: the publisher's, or that of a member that could not take the message
     */
    int of(SessionSubscription[] members, Publication publication, Lane lane);

    /** A session is no longer among the members. */
    default void left(Session session) {}

    /** The turn of one group; each group has its own. */
    static Turn by(SharedStrategy strategy) {
        return switch (strategy) {
            case RANDOM ->
                (members, publication, lane) -> ThreadLocalRandom.current().nextInt(members.length);
            case ROUND_ROBIN -> new RoundRobin();
            case STICKY -> new Sticky();
            case LOCAL -> new Local();
            case HASH_TOPIC ->
                (members, publication, lane) -> hashed(publication.message().topic(), members.length);
            case HASH_CLIENT_ID -> (members, publication, lane) -> hashed(publication.publisher(), members.length);
        };
    }

    /** Names often differ in their last character only: all bits count. What the broker publishes has no publisher. */
    private static int hashed(@Nullable String text, int members) {
        int hash = text == null ? 0 : text.hashCode() * 0x9E37_79B9;
        return Math.floorMod(hash ^ (hash >>> 16), members);
    }

    /** One after the other. */
    final class RoundRobin implements Turn {
        private final AtomicInteger turn = new AtomicInteger();

        @Override
        public int of(SessionSubscription[] members, Publication publication, Lane lane) {
            return Math.floorMod(turn.getAndIncrement(), members.length);
        }
    }

    /** Always the same session, until it is not connected; two lanes that notice at once may part for one message. */
    final class Sticky implements Turn {
        private final AtomicReference<@Nullable Session> chosen = new AtomicReference<>();

        /** It need not be found any more, and must not be held: it may have ended. */
        @Override
        public void left(Session session) {
            chosen.compareAndSet(session, null);
        }

        @Override
        public int of(SessionSubscription[] members, Publication publication, Lane lane) {
            int present = indexOf(chosen.get(), members);
            if (present >= 0 && members[present].session().isConnected()) {
                return present;
            }
            int start = ThreadLocalRandom.current().nextInt(members.length);
            for (int i = 0; i < members.length; i++) {
                int next = (start + i) % members.length;
                if (members[next].session().isConnected()) {
                    chosen.set(members[next].session());
                    return next;
                }
            }
            return present >= 0 ? present : start;
        }

        @SuppressWarnings("ReferenceEquality") // sessions are compared by identity
        private static int indexOf(@Nullable Session session, SessionSubscription[] members) {
            for (int i = 0; i < members.length; i++) {
                if (members[i].session() == session) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** One after the other of those on the lane that asks, which costs no hand-over; else one after the other of all. */
    final class Local implements Turn {
        private final RoundRobin all = new RoundRobin();

        @Override
        public int of(SessionSubscription[] members, Publication publication, Lane lane) {
            int start = all.of(members, publication, lane);
            for (int i = 0; i < members.length; i++) {
                int next = (start + i) % members.length;
                if (members[next].session().lane().index() == lane.index()
                        && SharedGroup.mayTake(members[next], publication)) {
                    return next;
                }
            }
            return start;
        }
    }
}

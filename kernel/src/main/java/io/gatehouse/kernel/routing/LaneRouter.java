package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.kernel.topic.Matches;
import io.gatehouse.kernel.topic.SubscriptionIndex;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The router's part on one lane: looks up who gets a message, serves the sessions of this lane and collects what is for other lanes. What
 * was collected leaves when the lane has done its present work, so that a burst of messages costs one wake-up for each lane it
 * concerns. Messages of one publisher stay in order, since they take the same way.
 */
@OnLane
final class LaneRouter {
    /** So many bytes leave with the message that fills them: the other lane may begin, and this one learns whether that lane is behind. */
    private static final long FULL = 256 * 1024;

    /** So many subscriptions of one message leave before the rest of them. */
    private static final int MANY = 4_096;

    private final Lane lane;
    private final SubscriptionIndex<SessionSubscription> direct;
    private final SubscriptionIndex<SharedGroup> shared;
    private final Matches<SessionSubscription> matches = new Matches<>();
    private final Matches<SharedGroup> sharedMatches = new Matches<>();
    private final Map<Session, Overlap> overlaps = new HashMap<>();
    private final @Nullable Handover[] outgoing;
    private final LaneLoad load;
    private final Congestion congestion;
    private final LongSupplier limit;
    private boolean flushScheduled;
    private boolean full;

    LaneRouter(
            Lane lane,
            int lanes,
            SubscriptionIndex<SessionSubscription> direct,
            SubscriptionIndex<SharedGroup> shared,
            LongSupplier limit) {
        this.lane = lane;
        this.direct = direct;
        this.shared = shared;
        this.outgoing = new Handover[lanes];
        this.load = new LaneLoad(lanes);
        this.congestion = new Congestion(lanes);
        this.limit = limit;
    }

    /** Which lanes are behind with what this one hands over. */
    Congestion congestion() {
        return congestion;
    }

    int route(Publication publication, List<LaneRouter> lanes) {
        try {
            return routeMatches(publication, lanes);
        } finally {
            // Whatever happens, the next message must not go to those that this one was for.
            matches.clear();
            sharedMatches.clear();
            overlaps.clear();
            leaveWhenFull(lanes);
        }
    }

    private int routeMatches(Publication publication, List<LaneRouter> lanes) {
        String topic = publication.message().topic();
        direct.match(topic, matches);
        if (shared.size() > 0) {
            shared.match(topic, sharedMatches);
        }
        int found = matches.size() + sharedMatches.size();
        if (found > 1) {
            publication.expectFanOut();
        }
        for (int i = 0; i < matches.size(); i++) {
            pass(publication, matches.get(i), matches.mayRepeat(), null, lanes);
        }
        offerOverlaps(publication);
        for (int i = 0; i < sharedMatches.size(); i++) {
            share(publication, sharedMatches.get(i), lanes);
        }
        return found;
    }

    /** Brings a message to the member whose turn it is, if there is one. */
    void share(Publication publication, SharedGroup group, List<LaneRouter> lanes) {
        SessionSubscription member = group.next(publication, lane);
        if (member != null) {
            pass(publication, member, false, group, lanes);
        }
    }

    /** Serves what another lane collected for this one. */
    private void accept(Handover handover, List<LaneRouter> lanes) {
        try {
            serveAll(handover, lanes);
        } finally {
            overlaps.clear();
            if (load.served(handover.bytes(), limit.getAsLong())) {
                for (int i = 0; i < lanes.size(); i++) {
                    relieve(lanes.get(i));
                }
            }
        }
    }

    /** Tells a lane that waits for this one that it need not wait any longer. */
    private void relieve(LaneRouter sender) {
        if (load.takeRelieved(sender.lane.index())) {
            sender.lane.execute(() -> sender.congestion.ends(lane.index()));
        }
    }

    private void serveAll(Handover handover, List<LaneRouter> lanes) {
        for (int i = 0; i < handover.size(); i++) {
            Publication publication = handover.publication(i);
            serve(publication, handover.subscription(i), handover.mayRepeat(i), handover.share(i), lanes);
            if (i + 1 == handover.size() || handover.publication(i + 1) != publication) {
                offerOverlaps(publication);
            }
        }
    }

    private void pass(
            Publication publication,
            SessionSubscription subscription,
            boolean mayRepeat,
            @Nullable Share share,
            List<LaneRouter> lanes) {
        Lane target = subscription.session().lane();
        if (target.index() == lane.index()) {
            serve(publication, subscription, mayRepeat, share, lanes);
        } else {
            Handover handover = collect(lanes.get(target.index()));
            handover.add(publication, subscription, mayRepeat, share);
            // Subscriptions of one session stay together, or it would get the message more than once.
            if (handover.bytes() >= FULL && handover.size() >= MANY && !mayRepeat) {
                handOver(target.index(), lanes);
            } else {
                full |= handover.bytes() >= FULL;
                flushLater(lanes);
            }
        }
    }

    private void flushLater(List<LaneRouter> lanes) {
        if (!flushScheduled) {
            flushScheduled = true;
            lane.execute(() -> flush(lanes));
        }
    }

    private void leaveWhenFull(List<LaneRouter> lanes) {
        if (full) {
            full = false;
            for (int i = 0; i < outgoing.length; i++) {
                Handover handover = outgoing[i];
                if (handover != null && handover.bytes() >= FULL) {
                    handOver(i, lanes);
                }
            }
        }
    }

    private Handover collect(LaneRouter target) {
        Handover handover = outgoing[target.lane.index()];
        if (handover == null) {
            handover = new Handover();
            outgoing[target.lane.index()] = handover;
        }
        return handover;
    }

    private void flush(List<LaneRouter> lanes) {
        flushScheduled = false;
        for (int i = 0; i < outgoing.length; i++) {
            handOver(i, lanes);
        }
    }

    private void handOver(int index, List<LaneRouter> lanes) {
        Handover handover = outgoing[index];
        if (handover != null) {
            outgoing[index] = null;
            LaneRouter target = lanes.get(index);
            if (!target.load.sent(handover.bytes(), lane.index(), limit.getAsLong())) {
                congestion.begins(index);
            }
            target.lane.execute(() -> target.accept(handover, lanes));
        }
    }

    private void serve(
            Publication publication,
            SessionSubscription subscription,
            boolean mayRepeat,
            @Nullable Share share,
            List<LaneRouter> lanes) {
        if (share != null) {
            serveShared(publication, subscription, share, lanes);
        } else {
            serve(publication, subscription, mayRepeat);
        }
    }

    /** Offers a message to a member, and to others while those that it is offered to have no room. */
    private void serveShared(
            Publication publication, SessionSubscription whoseTurn, Share reason, List<LaneRouter> lanes) {
        SessionSubscription member = whoseTurn;
        Share share = reason;
        while (!offer(publication, member, share)) {
            Detour detour = share.after(member);
            member = detour.next(publication);
            share = detour;
            if (member.session().lane().index() != lane.index()) {
                pass(publication, member, false, detour, lanes);
                return;
            }
        }
    }

    /**
     * A member whose session has ended while the message was on its way left the group before, so the message goes to another (MQTT 5.0
     * section 4.8.2). False when the member has no room.
     */
    private boolean offer(Publication publication, SessionSubscription member, Share share) {
        Session session = member.session();
        if (session.isEnded()) {
            share.group().passOn(lane, publication);
            return true;
        }
        return session.offerShared(
                publication,
                member.qosOf(publication),
                retain(publication, member),
                member.identifiers(),
                share.group(),
                share.isLast());
    }

    private static boolean retain(Publication publication, SessionSubscription subscription) {
        return subscription.options().retainAsPublished()
                && publication.message().retain();
    }

    private void serve(Publication publication, SessionSubscription subscription, boolean mayRepeat) {
        Session session = subscription.session();
        if (session.isEnded()) {
            return;
        }
        if (subscription.options().noLocal() && session.clientId().equals(publication.publisher())) {
            return;
        }
        if (mayRepeat) {
            overlaps.computeIfAbsent(session, _ -> new Overlap()).add(subscription);
            return;
        }
        session.offer(
                publication,
                subscription.qosOf(publication),
                retain(publication, subscription),
                subscription.identifiers());
    }

    private void offerOverlaps(Publication publication) {
        if (overlaps.isEmpty()) {
            return;
        }
        overlaps.forEach((session, overlap) -> session.offer(
                publication,
                publication.message().qos().min(overlap.maximumQos()),
                overlap.retainAsPublished() && publication.message().retain(),
                overlap.identifiers()));
        overlaps.clear();
    }
}

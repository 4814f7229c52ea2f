package io.gatehouse.kernel.model;

import io.gatehouse.kernel.model.RefItem.Kind;
import io.gatehouse.kernel.model.RefItem.State;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a broker has to do, in lists and loops: which sessions there are and what each is owed. Where the specification leaves a choice
 * the model knows the one that {@code docs/conformance.md} tells, except whom a shared message goes to.
 */
final class Reference {
    /** Of older clients without clean session. */
    static final long OLD_EXPIRY_SECONDS = 7_200;

    private final int maxInflight;
    final Map<Integer, RefSession> sessions = new TreeMap<>();
    private final Map<String, RefMessage> retained = new HashMap<>();
    private final List<RefShared> shared = new ArrayList<>();
    private final List<DueWill> dueWills = new ArrayList<>();
    private long now;
    private int numbers;
    private int subscriptionIds;

    /** How many messages were published, wills among them. */
    int published;

    Reference(int maxInflight) {
        this.maxInflight = maxInflight;
    }

    private record DueWill(String clientId, RefSession.RefWill will) {}

    List<RefShared> shared() {
        return shared;
    }

    // ---- time

    /** The next moment in which something is due, null when nothing is until then. */
    @Nullable
    Long nextDue(long end) {
        return sessions.values().stream()
                .flatMapToLong(session -> LongStream.of(session.endsAt, session.willAt))
                .filter(due -> due <= end)
                .boxed()
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    void advanceTo(long time) {
        now = time;
        for (RefSession session : List.copyOf(sessions.values())) {
            if (session.willAt <= now) {
                dueWills.add(new DueWill(session.clientId, Objects.requireNonNull(session.delayedWill)));
                forgetWill(session);
            }
            if (session.endsAt <= now) {
                end(session);
            }
            session.items.removeIf(item -> item.is(State.QUEUED) && item.message.isExpired(now));
        }
        shared.stream().filter(one -> one.message.isExpired(now)).forEach(one -> one.taken = true);
        shared.removeIf(one -> one.taken
                && sessions.values().stream().noneMatch(s -> s.items.stream().anyMatch(item -> item.shared == one)));
        publishDueWills();
    }

    // ---- sessions

    /** True when the client finds its session again. */
    boolean connect(Action.Connect action, boolean old) {
        RefSession before = sessions.get(action.client());
        if (before != null && before.connected) {
            leave(before, true);
        }
        RefSession existing = sessions.get(action.client());
        if (existing != null && action.cleanStart()) {
            end(existing);
            existing = null;
        }
        RefSession session = existing == null
                ? new RefSession(action.client(), "client-" + action.client(), old, maxInflight)
                : existing;
        sessions.put(action.client(), session);
        forgetWill(session);
        session.endsAt = RefSession.FOR_EVER;
        session.connected = true;
        session.stalled = false;
        session.askedExpiry = action.expirySeconds();
        session.expirySeconds = old ? (action.cleanStart() ? 0 : OLD_EXPIRY_SECONDS) : action.expirySeconds();
        session.receiveMaximum = old ? 65_535 : action.receiveMaximum();
        session.will = action.will() == null ? null : new RefSession.RefWill(action.will(), ++numbers);
        session.items.stream().filter(item -> item.is(State.RELEASED)).forEach(item -> item.releaseDue = true);
        publishDueWills();
        return existing != null;
    }

    /** The connection has ended. */
    void disconnect(RefSession session, boolean withWill) {
        leave(session, withWill);
        publishDueWills();
    }

    private void leave(RefSession session, boolean withWill) {
        session.connected = false;
        session.stalled = false;
        session.replays.clear();
        session.inbox.clear();
        session.items.removeIf(item -> item.is(State.QUEUED) && item.qos == Qos.AT_MOST_ONCE);
        for (RefItem item : session.items) {
            item.counted = false;
            item.releaseDue = false;
        }
        for (RefShared one : shared) {
            boolean removed = one.candidates.removeIf(candidate ->
                    candidate.session() == session && candidate.subscription().qosOf(one.message) == Qos.AT_MOST_ONCE);
            one.optional |= removed;
        }
        RefSession.RefWill will = session.will;
        session.will = null;
        if (will != null && withWill) {
            session.delayedWill = will;
            session.willAt = now + will.will().delaySeconds() * 1000;
        }
        if (session.willAt <= now) {
            dueWills.add(new DueWill(session.clientId, Objects.requireNonNull(session.delayedWill)));
            forgetWill(session);
        }
        session.endsAt = now + session.expirySeconds * 1000;
        if (session.expirySeconds == 0) {
            end(session);
        }
    }

    private static void forgetWill(RefSession session) {
        session.delayedWill = null;
        session.willAt = RefSession.FOR_EVER;
    }

    private void end(RefSession session) {
        sessions.remove(session.client);
        session.subscriptions.clear();
        if (session.delayedWill != null) {
            dueWills.add(new DueWill(session.clientId, session.delayedWill));
        }
        for (RefItem item : session.items) {
            RefShared one = item.shared;
            // A QoS 2 message that may have arrived goes to nobody else.
            if (one != null && item.qos == Qos.AT_LEAST_ONCE && !item.message.isExpired(now)) {
                one.taken = false;
                one.candidates.clear();
                passOn(one);
            }
        }
        for (RefShared one : shared) {
            if (one.concerns(session)) {
                boolean inherited = one.candidates.stream()
                        .filter(candidate -> candidate.session() == session)
                        .allMatch(candidate -> candidate.subscription().qosOf(one.message) != Qos.AT_MOST_ONCE);
                one.candidates.removeIf(candidate -> candidate.session() == session);
                one.optional |= !inherited;
                passOn(one);
            }
        }
    }

    private void publishDueWills() {
        List<DueWill> due = List.copyOf(dueWills);
        dueWills.clear();
        for (DueWill one : due) {
            Action.LastWill will = one.will().will();
            route(new RefMessage(
                    one.will().number(),
                    one.clientId(),
                    will.topic(),
                    will.qos(),
                    will.retain(),
                    false,
                    RefMessage.NEVER));
        }
    }

    // ---- subscriptions

    /** The subscription identifier to use. */
    int nextSubscriptionId() {
        return ++subscriptionIds;
    }

    void subscribe(RefSession session, Subscription options, int id) {
        RefSubscription old = session.subscription(options.filter());
        remove(session, old);
        RefSubscription subscription = new RefSubscription(options, id);
        session.subscriptions.add(subscription);
        RetainHandling handling = options.retainHandling();
        if (subscription.isShared()
                || handling == RetainHandling.DO_NOT_SEND
                || (handling == RetainHandling.SEND_IF_NEW && old != null)) {
            return;
        }
        session.replays.add(subscription);
        for (RefMessage message : retained.values()) {
            if (subscription.selects(message.topic()) && !message.isExpired(now)) {
                session.items.add(retainedItem(subscription, message));
            }
        }
    }

    /** True when there was one. */
    boolean unsubscribe(RefSession session, String filter) {
        RefSubscription old = session.subscription(filter);
        remove(session, old);
        return old != null;
    }

    private static void remove(RefSession session, @Nullable RefSubscription old) {
        session.subscriptions.removeIf(one -> one.equals(old));
        session.replays.removeIf(one -> one.equals(old));
        session.items.stream()
                .filter(item -> old != null && old.equals(item.subscription) && item.is(State.QUEUED))
                .forEach(item -> item.optional = true);
    }

    private static RefItem retainedItem(RefSubscription subscription, RefMessage message) {
        return new RefItem(
                Kind.RETAINED, message, subscription.qosOf(message), true, subscription.ids(), subscription, null);
    }

    // ---- messages

    /** The message, and whether anybody subscribed to it. */
    record Published(RefMessage message, boolean matched) {}

    Published publish(String publisher, String topic, Qos qos, boolean retain, boolean empty, long expiresAt) {
        RefMessage message = new RefMessage(++numbers, publisher, topic, qos, retain, empty, expiresAt);
        return new Published(message, route(message));
    }

    private boolean route(RefMessage message) {
        published++;
        boolean matched = false;
        for (RefSession session : sessions.values()) {
            matched |= deliver(session, message);
        }
        for (String filter : sharedFilters(message.topic())) {
            RefShared one = new RefShared(filter, message);
            shared.add(one);
            passOn(one);
            matched = true;
        }
        if (message.retain()) {
            retain(message);
        }
        return matched;
    }

    private static boolean deliver(RefSession session, RefMessage message) {
        List<RefSubscription> matching = session.subscriptions.stream()
                .filter(one -> !one.isShared() && one.selects(message.topic()))
                .toList();
        List<RefSubscription> wanting = matching.stream()
                .filter(one -> !(one.options().noLocal() && session.clientId.equals(message.publisher())))
                .toList();
        Qos qos = wanting.stream()
                .map(one -> one.qosOf(message))
                .max(Comparator.naturalOrder())
                .orElse(Qos.AT_MOST_ONCE);
        if (!wanting.isEmpty() && (session.connected || qos != Qos.AT_MOST_ONCE)) {
            session.items.add(new RefItem(
                    Kind.LIVE,
                    message,
                    qos,
                    wanting.stream().anyMatch(one -> one.retainOf(message)),
                    wanting.stream().flatMap(one -> one.ids().stream()).sorted().toList(),
                    null,
                    null));
        }
        return !matching.isEmpty();
    }

    private List<String> sharedFilters(String topic) {
        return sessions.values().stream()
                .flatMap(session -> session.subscriptions.stream())
                .filter(one -> one.isShared() && one.selects(topic))
                .map(one -> one.options().filter())
                .distinct()
                .toList();
    }

    /** Members that are connected come first, then those that keep it; what is left with nobody may be lost. */
    private void passOn(RefShared one) {
        List<RefShared.Candidate> members = members(one.filter).toList();
        List<RefShared.Candidate> present = members.stream()
                .filter(candidate -> candidate.session().connected)
                .toList();
        List<RefShared.Candidate> chosen = present.isEmpty() ? members : present;
        List<RefShared.Candidate> keeping = chosen.stream()
                .filter(candidate -> candidate.session().connected
                        || candidate.subscription().qosOf(one.message) != Qos.AT_MOST_ONCE)
                .toList();
        one.candidates.addAll(keeping);
        one.optional |= keeping.isEmpty();
    }

    private Stream<RefShared.Candidate> members(String filter) {
        return sessions.values().stream()
                .flatMap(session -> session.subscriptions.stream()
                        .filter(one -> one.options().filter().equals(filter))
                        .map(one -> new RefShared.Candidate(session, one)));
    }

    /** Keeps or removes the retained message; who is still being sent the retained ones may get the old or the new one. */
    private void retain(RefMessage message) {
        if (message.empty()) {
            retained.remove(message.topic());
        } else {
            retained.put(message.topic(), message);
        }
        for (RefSession session : sessions.values()) {
            for (RefSubscription subscription : session.replays) {
                if (subscription.selects(message.topic())) {
                    session.items.stream()
                            .filter(item -> subscription.equals(item.subscription)
                                    && item.message.topic().equals(message.topic())
                                    && item.is(State.QUEUED))
                            .forEach(item -> item.optional = true);
                    if (!message.empty()) {
                        RefItem item = retainedItem(subscription, message);
                        item.optional = true;
                        session.items.add(item);
                    }
                }
            }
        }
    }
}

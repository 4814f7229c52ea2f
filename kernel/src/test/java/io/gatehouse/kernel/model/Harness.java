package io.gatehouse.kernel.model;

import io.gatehouse.kernel.broker.BrokerCore;
import io.gatehouse.kernel.broker.ClientContext;
import io.gatehouse.kernel.broker.Lanes;
import io.gatehouse.kernel.broker.PacketDispatcher;
import io.gatehouse.kernel.broker.Settings;
import io.gatehouse.kernel.config.MqttConfig;
import io.gatehouse.kernel.fakes.FixedPlugins;
import io.gatehouse.kernel.fakes.TestConfigs;
import io.gatehouse.kernel.memory.MemoryPressure;
import io.gatehouse.kernel.model.RefItem.State;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.ConnAckProperties;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.Disconnect;
import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.PubComp;
import io.gatehouse.kernel.packet.PubRec;
import io.gatehouse.kernel.packet.PubRel;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.packet.SubAck;
import io.gatehouse.kernel.packet.Subscribe;
import io.gatehouse.kernel.packet.UnsubAck;
import io.gatehouse.kernel.packet.Unsubscribe;
import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.security.LiveRevocation;
import io.gatehouse.kernel.store.Durability;
import io.gatehouse.sdk.event.MessageListener;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Does the same to the broker and to the model, and lets what came of it be compared. */
final class Harness {
    private static final int MAX_INFLIGHT = 3;
    private static final MqttConfig MQTT = new MqttConfig(
            1 << 16,
            Duration.ofSeconds(10),
            Duration.ZERO,
            MAX_INFLIGHT,
            1_000,
            10_000,
            Duration.ofDays(1),
            Duration.ofSeconds(Reference.OLD_EXPIRY_SECONDS),
            MqttConfig.FOR_EVER,
            0,
            10,
            100,
            1_000,
            1_000);

    private final VirtualLanes lanes = new VirtualLanes(2);
    private final PacketDispatcher dispatcher;
    private final Reference reference = new Reference(MAX_INFLIGHT);
    private final Examiner examiner = new Examiner(reference);
    private final Map<Integer, Connection> connections = new HashMap<>();
    private final AtomicInteger heard = new AtomicInteger();
    private int packetIds;

    Harness() {
        FixedPlugins plugins = new FixedPlugins().listener(new MessageListener() {
            @Override
            public void published(Client client, Message message) {
                heard.incrementAndGet();
            }
        });
        dispatcher = BrokerCore.wire(
                        new Lanes(lanes.all()),
                        plugins,
                        new LiveRevocation(),
                        new Settings(TestConfigs.of(MQTT)),
                        Durability.IN_MEMORY,
                        MemoryPressure.NONE,
                        lanes::now)
                .dispatcher();
    }

    private record Connection(ModelLink link, ClientContext context) {}

    /** Does everything, and brings everybody back in the end to see that nothing is missing. */
    void run(List<Action> actions) {
        actions.forEach(this::step);
        for (int client = 0; client < Actions.CLIENTS; client++) {
            if (reference.sessions.containsKey(client)) {
                step(new Action.Connect(client, false, 100_000, 4, null));
            }
        }
        for (int round = 0; hasUnanswered(); round++) {
            step(new Action.Answer(round % Actions.CLIENTS, 100));
        }
        examiner.atTheEnd();
        lanes.until("no more messages than expected", () -> heard.get() == reference.published);
    }

    private boolean hasUnanswered() {
        return reference.sessions.values().stream().anyMatch(session -> !session.inbox.isEmpty());
    }

    private void step(Action action) {
        passTo(lanes.now() + 1); // so that no two things happen in the same millisecond
        switch (action) {
            case Action.Pass pass -> passTo(lanes.now() + pass.seconds() * 1000L);
            case Action.Connect connect -> connect(connect);
            case Action.Disconnect disconnect -> whenConnected(disconnect.client(), s -> disconnect(s, disconnect));
            case Action.Drop drop -> whenConnected(drop.client(), s -> close(s, true, null));
            case Action.Subscribe subscribe -> whenConnected(subscribe.client(), s -> subscribe(s, subscribe));
            case Action.Unsubscribe unsubscribe ->
                whenConnected(unsubscribe.client(), s -> unsubscribe(s, unsubscribe.filter()));
            case Action.Publish publish -> whenConnected(publish.client(), s -> publish(s, publish));
            case Action.Repeat repeat -> whenConnected(repeat.client(), this::repeat);
            case Action.Release release -> whenConnected(release.client(), this::release);
            case Action.Answer answer -> whenConnected(answer.client(), s -> answer(s, answer.count(), false));
            case Action.Refuse refuse -> whenConnected(refuse.client(), s -> answer(s, 1, true));
            case Action.Stall stall -> whenConnected(stall.client(), s -> stall(s, stall.stalled()));
        }
        compare(Map.of());
    }

    // ---- time

    private void passTo(long end) {
        for (Long due = nextDue(end); due != null; due = nextDue(end)) {
            reachTime(due);
        }
        reachTime(end);
    }

    private @Nullable Long nextDue(long end) {
        Long broker = lanes.nextDue(end);
        Long model = reference.nextDue(end);
        return broker == null || (model != null && model < broker) ? model : broker;
    }

    private void reachTime(long time) {
        lanes.advanceTo(time);
        reference.advanceTo(time);
        examiner.now(time);
        compare(Map.of());
    }

    // ---- connections

    private interface Deed {
        void to(RefSession session);
    }

    private void whenConnected(int client, Deed deed) {
        RefSession session = reference.sessions.get(client);
        if (session != null && session.connected) {
            deed.to(session);
        }
    }

    private void connect(Action.Connect action) {
        boolean old = action.client() == Actions.OLD_CLIENT;
        Connection before = connections.get(action.client());
        RefSession taken = reference.sessions.get(action.client());
        boolean takenOver = taken != null && taken.connected;
        boolean present = reference.connect(action, old);
        ModelLink link = new ModelLink(lanes.all().getFirst(), lanes::now);
        Connection connection = new Connection(link, dispatcher.opened(link));
        dispatcher.packet(connection.context(), packet(action, old, will(reference.sessions.get(action.client()))));
        lanes.until("CONNACK", () -> !link.sent(ConnAck.class).isEmpty() || link.closed);
        awaitWills();
        if (before != null && takenOver) {
            requireEqual(
                    before.link().take(), old ? List.of() : List.of(new Disconnect(ReasonCode.SESSION_TAKEN_OVER)));
            require(before.link().closed, "the old connection was not closed");
            dispatcher.closed(before.context());
        }
        connections.put(action.client(), connection);
        compare(Map.of(action.client(), List.of(connAck(present))));
    }

    private static Connect packet(Action.Connect action, boolean old, @Nullable Will will) {
        return new Connect(
                old ? MqttVersion.V3_1_1 : MqttVersion.V5,
                action.cleanStart(),
                0,
                "client-" + action.client(),
                "user",
                null,
                will,
                old
                        ? ConnectProperties.DEFAULTS
                        : new ConnectProperties(
                                action.expirySeconds(),
                                action.receiveMaximum(),
                                1 << 20,
                                0,
                                false,
                                true,
                                List.of(),
                                null,
                                null));
    }

    private static @Nullable Will will(@Nullable RefSession session) {
        RefSession.RefWill left = session == null ? null : session.will;
        if (left == null) {
            return null;
        }
        Action.LastWill will = left.will();
        RefMessage message =
                new RefMessage(left.number(), "", will.topic(), will.qos(), will.retain(), false, RefMessage.NEVER);
        return new Will(message.message(0), will.delaySeconds());
    }

    private void disconnect(RefSession session, Action.Disconnect action) {
        if (session.old) {
            close(session, false, new Disconnect(ReasonCode.SUCCESS));
            return;
        }
        ReasonCode reason = action.withWill() ? ReasonCode.DISCONNECT_WITH_WILL : ReasonCode.SUCCESS;
        Disconnect packet = new Disconnect(reason, action.expirySeconds(), null, null, List.of());
        Long expiry = action.expirySeconds();
        if (expiry != null && expiry > 0 && session.askedExpiry == 0) {
            Connection connection = connection(session);
            dispatcher.packet(connection.context(), packet);
            requireEqual(connection.link().take(), List.of(new Disconnect(ReasonCode.PROTOCOL_ERROR)));
            close(session, true, null);
            return;
        }
        if (expiry != null) {
            session.expirySeconds = expiry;
        }
        close(session, action.withWill(), packet);
    }

    private void close(RefSession session, boolean withWill, @Nullable Disconnect goodbye) {
        Connection connection = connection(session);
        if (goodbye != null) {
            dispatcher.packet(connection.context(), goodbye);
            require(connection.link().closed, "the connection was not closed");
        }
        connection.link().closed = true;
        dispatcher.closed(connection.context());
        reference.disconnect(session, withWill);
        lanes.settle();
    }

    private void stall(RefSession session, boolean stalled) {
        Connection connection = connection(session);
        session.stalled = stalled;
        connection.link().writable = !stalled;
        if (!stalled) {
            dispatcher.writable(connection.context());
        }
    }

    // ---- packets

    private void subscribe(RefSession session, Action.Subscribe action) {
        int id = session.old ? 0 : reference.nextSubscriptionId();
        reference.subscribe(session, action.subscription(), id);
        send(
                session,
                new Subscribe(nextId(), List.of(action.subscription()), id, List.of()),
                new SubAck(packetIds, List.of(granted(action.subscription().maximumQos())), null, List.of()));
    }

    private static ReasonCode granted(Qos qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> ReasonCode.SUCCESS;
            case AT_LEAST_ONCE -> ReasonCode.GRANTED_QOS_1;
            case EXACTLY_ONCE -> ReasonCode.GRANTED_QOS_2;
        };
    }

    private void unsubscribe(RefSession session, String filter) {
        boolean existed = reference.unsubscribe(session, filter);
        send(
                session,
                new Unsubscribe(nextId(), List.of(filter), List.of()),
                new UnsubAck(
                        packetIds,
                        List.of(existed ? ReasonCode.SUCCESS : ReasonCode.NO_SUBSCRIPTION_EXISTED),
                        null,
                        List.of()));
    }

    private void publish(RefSession session, Action.Publish action) {
        long expiresAt = action.expirySeconds() == 0 ? RefMessage.NEVER : lanes.now() + action.expirySeconds() * 1000;
        Reference.Published published = reference.publish(
                session.clientId, action.topic(), action.qos(), action.retain(), action.empty(), expiresAt);
        int id = action.qos() == Qos.AT_MOST_ONCE ? 0 : nextId();
        Message message = published.message().message(lanes.now());
        Packet packet = new Publish(message, false, id, 0, List.of());
        ReasonCode reason = published.matched() ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS;
        switch (action.qos()) {
            case AT_MOST_ONCE -> send(session, packet);
            case AT_LEAST_ONCE -> send(session, packet, new PubAck(id, reason, null, List.of()));
            case EXACTLY_ONCE -> {
                session.unreleased.put(id, published.message());
                send(session, packet, new PubRec(id, reason, null, List.of()));
            }
        }
    }

    private void repeat(RefSession session) {
        if (!session.unreleased.isEmpty()) {
            int id = session.unreleased.keySet().iterator().next();
            Message message = Objects.requireNonNull(session.unreleased.get(id)).message(lanes.now());
            send(
                    session,
                    new Publish(
                            message.withProperties(message.properties().withExpirySeconds(9)), true, id, 0, List.of()),
                    new PubRec(id, ReasonCode.SUCCESS, null, List.of()));
        }
    }

    private void release(RefSession session) {
        if (!session.unreleased.isEmpty()) {
            int id = session.unreleased.keySet().iterator().next();
            session.unreleased.remove(id);
            send(session, new PubRel(id), new PubComp(id));
        }
    }

    private void answer(RefSession session, int count, boolean refuse) {
        for (int i = 0; i < count && !session.inbox.isEmpty(); i++) {
            RefSession.Unanswered next = session.inbox.remove();
            RefItem item = next.item();
            ReasonCode reason = refuse ? ReasonCode.UNSPECIFIED_ERROR : ReasonCode.SUCCESS;
            boolean ends = next.release() || refuse || item.qos == Qos.AT_LEAST_ONCE;
            if (ends) {
                session.items.remove(item);
            } else {
                item.state = State.RELEASED;
                item.releaseDue = true;
            }
            if (next.release()) {
                send(session, new PubComp(item.packetId));
            } else if (item.qos == Qos.AT_LEAST_ONCE) {
                send(session, new PubAck(item.packetId, reason, null, List.of()));
            } else {
                send(session, new PubRec(item.packetId, reason, null, List.of()));
            }
        }
    }

    private void send(RefSession session, Packet packet, Packet... answers) {
        dispatcher.packet(connection(session).context(), packet);
        compare(Map.of(session.client, List.of(answers)));
    }

    private int nextId() {
        packetIds = packetIds % 60_000 + 1;
        return packetIds;
    }

    private Connection connection(RefSession session) {
        return Objects.requireNonNull(connections.get(session.client));
    }

    // ---- comparison

    /** Looks at everything that was sent since the last time; only these answers may be among it. */
    private void compare(Map<Integer, List<Packet>> expected) {
        lanes.settle();
        awaitWills();
        connections.forEach((client, connection) -> {
            List<Packet> answers = new ArrayList<>();
            for (Packet packet : connection.link().take()) {
                RefSession session = reference.sessions.get(client);
                switch (packet) {
                    case Publish publish -> examiner.message(connected(session, packet), publish);
                    case PubRel rel -> examiner.release(connected(session, packet), rel.packetId());
                    case ConnAck ack -> answers.add(connAck(ack));
                    default -> answers.add(packet);
                }
            }
            requireEqual(answers, expected.getOrDefault(client, List.of()));
        });
        examiner.atRest();
    }

    /** Wills are judged on another thread. */
    private void awaitWills() {
        lanes.until("as many messages as expected", () -> heard.get() >= reference.published);
    }

    private static RefSession connected(@Nullable RefSession session, Packet packet) {
        require(session != null && session.connected, "sent to a client that is not connected: " + packet);
        return Objects.requireNonNull(session);
    }

    private static ConnAck connAck(boolean present) {
        return new ConnAck(present, ReasonCode.SUCCESS, ConnAckProperties.NONE);
    }

    private static ConnAck connAck(ConnAck seen) {
        return new ConnAck(seen.sessionPresent(), seen.reason(), ConnAckProperties.NONE);
    }

    private static void requireEqual(List<Packet> seen, List<? extends Packet> expected) {
        require(seen.equals(expected), "expected " + expected + ", got " + seen);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}

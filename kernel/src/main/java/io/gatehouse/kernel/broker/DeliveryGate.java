package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Packet;
import io.gatehouse.kernel.payload.DeliveryChain;
import io.gatehouse.kernel.plugin.PluginLease;
import io.gatehouse.kernel.plugin.Plugins;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.kernel.session.PacketSink;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between a session and its connection and lets the delivery interceptors judge each message when it is sent. While one of them
 * is absent, or one that may block is asked, the message is held and the session keeps its order.
 */
@OnLane
final class DeliveryGate implements PacketSink {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryGate.class);

    private final ClientContext context;
    private final Plugins plugins;
    private boolean held;
    private @Nullable Publication judged;
    private @Nullable Verdict<Message> verdict;

    DeliveryGate(ClientContext context, Plugins plugins) {
        this.context = context;
        this.plugins = plugins;
    }

    @Override
    public void send(Packet packet) {
        context.link.send(packet);
    }

    @Override
    public Outcome publish(
            Publication publication,
            Qos qos,
            boolean retain,
            List<Integer> subscriptionIds,
            int packetId,
            boolean dup) {
        boolean intercepted = !plugins.current().delivery().isEmpty();
        if (!intercepted && context.mountpoint.isNone()) {
            return context.link.publish(publication, qos, retain, subscriptionIds, packetId, dup);
        }
        if (!context.link.isWritable()) {
            return Outcome.HELD;
        }
        Message shown = Mounting.unmounted(context.mountpoint, publication.message());
        if (shown == null) {
            return Outcome.REFUSED;
        }
        if (!intercepted) {
            return context.link.publish(publication.rewritten(shown), qos, retain, subscriptionIds, packetId, dup);
        }
        Verdict<Message> decision = judge(publication, shown.withQos(qos).withRetain(retain));
        return switch (decision) {
            case null -> Outcome.HELD;
            case Verdict.Drop<Message> _, Verdict.Reject<Message> _ -> Outcome.REFUSED;
            case Verdict.Forward<Message> forward ->
                context.link.publish(
                        publication.rewritten(forward.value()),
                        qos,
                        forward.value().retain(),
                        subscriptionIds,
                        packetId,
                        dup);
        };
    }

    /** The modules have changed: what was held for an absent one may go on. */
    void pluginsChanged() {
        if (held) {
            held = false;
            context.session().pump();
        }
    }

    /** Null when the message has to wait. */
    private @Nullable Verdict<Message> judge(Publication publication, Message message) {
        try (PluginLease lease = plugins.lease()) {
            DeliveryChain chain = lease.snapshot().delivery();
            if (isJudged(publication)) {
                return judgeElsewhere(publication, message);
            }
            if (chain.hole() != null) {
                held = true;
                return null;
            }
            return chain.isBlocking()
                    ? judgeElsewhere(publication, message)
                    : chain.apply(context.client(), message, context.link.lane().slot());
        }
    }

    /** True when somebody is asked about it elsewhere or was: nobody is asked twice because a chain may be called on lanes meanwhile. */
    @SuppressWarnings("ReferenceEquality") // the very publication that was asked about
    private boolean isJudged(Publication publication) {
        return judged == publication;
    }

    private @Nullable Verdict<Message> judgeElsewhere(Publication publication, Message message) {
        if (isJudged(publication)) {
            Verdict<Message> ready = verdict;
            if (ready != null) {
                judged = null;
                verdict = null;
            }
            return ready;
        }
        judged = publication;
        verdict = null;
        Thread.ofVirtual().name("delivery").start(() -> {
            Verdict<Message> decided = ask(message);
            Lane lane = context.link.lane();
            lane.execute(decided == null ? () -> hold(publication) : () -> proceed(publication, decided));
        });
        return null;
    }

    /** Null when a module is absent meanwhile; else there is a verdict whatever happens, or the session would wait for ever. */
    private @Nullable Verdict<Message> ask(Message message) {
        try (PluginLease lease = plugins.lease()) {
            return lease.snapshot().delivery().hole() != null
                    ? null
                    : lease.snapshot().delivery().applyBlocking(context.client(), message);
        } catch (RuntimeException | Error e) { // such as that no thread can be had
            LOG.error("Judging a delivery failed; the message is not sent", e);
            return Verdict.drop();
        }
    }

    /** Nobody was asked. The session offers the message again now, in case the module has come back already. */
    private void hold(Publication publication) {
        if (isJudged(publication) && !context.isClosed()) {
            judged = null;
            context.session().pump();
        }
    }

    private void proceed(Publication publication, Verdict<Message> decided) {
        if (isJudged(publication) && !context.isClosed()) {
            verdict = decided;
            context.session().pump();
        }
    }
}

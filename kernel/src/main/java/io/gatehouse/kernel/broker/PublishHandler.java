package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.security.Permission;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** PUBLISH from a client (MQTT 5.0 section 3.3). */
@OnLane
final class PublishHandler {
    private final TopicPlan plan;
    private final MessageGate gate;
    private final Publisher publisher;
    private final DelayedMessages delayed;
    private final Counters counters;
    private final Settings settings;
    private final BackPressure pressure;

    PublishHandler(
            TopicPlan plan,
            MessageGate gate,
            Publisher publisher,
            DelayedMessages delayed,
            Counters counters,
            Settings settings,
            BackPressure pressure) {
        this.plan = plan;
        this.gate = gate;
        this.publisher = publisher;
        this.delayed = delayed;
        this.counters = counters;
        this.settings = settings;
        this.pressure = pressure;
    }

    void handle(ClientContext context, Publish packet) {
        counters.messagesReceived.increment();
        if (!isHopeless(context, packet)) {
            take(context, packet);
        } else if (!pressure.putOff(
                context, packet.message().payload().length(), () -> takeOrRefuse(context, packet))) {
            refuseForMemory(context, packet);
        }
    }

    /** True while there is no memory for the message. One that was taken before is only acknowledged again. */
    private boolean isHopeless(ClientContext context, Publish packet) {
        return pressure.isFull()
                && !(packet.message().qos() == Qos.EXACTLY_ONCE
                        && context.session().isAwaitingRelease(packet.packetId()));
    }

    private void takeOrRefuse(ClientContext context, Publish packet) {
        if (isHopeless(context, packet)) {
            refuseForMemory(context, packet);
        } else {
            take(context, packet);
        }
    }

    private void refuseForMemory(ClientContext context, Publish packet) {
        counters.bounds.publishesRefused.increment();
        decline(context, packet);
    }

    private void take(ClientContext context, Publish packet) {
        Message message = arrived(context, packet);
        if (message == null) {
            return;
        }
        if (message.retain() && !context.retainAvailable) {
            Answers.disconnect(context, ReasonCode.RETAIN_NOT_SUPPORTED); // it was told (MQTT 5.0 section 3.2.2.3.5)
            return;
        }
        if (plan.isPlain(message.topic())) {
            judge(context, packet, message, 0);
            return;
        }
        switch (plan.published(context.client(), context.mountpoint, message.topic())) {
            case TopicPlan.Named.Topic topic ->
                judge(context, packet, message.withTopic(topic.name()), topic.delaySeconds());
            case TopicPlan.Named.Refused refused -> refuse(context, packet, refused.reason());
        }
    }

    private void judge(ClientContext context, Publish packet, Message message, int delay) {
        ReasonCode invalid = problem(context, message, delay);
        if (invalid != null) {
            refuse(context, packet, invalid);
            return;
        }
        Admission admission = gate.onLane(context, message);
        switch (admission) {
            case Admission.Undecided _ -> judgeElsewhere(context, packet, delay, message);
            case Admission.Rewritten rewritten ->
                judgeElsewhere(
                        context,
                        packet,
                        delay,
                        () -> gate.blockingRewritten(context.client(), context.acl, rewritten.message()));
            case Admission.Admitted _, Admission.Dropped _, Admission.Refused _ ->
                finish(context, packet, delay, admission);
        }
    }

    /** The message; null when nothing more is to be done, because it was taken before or is against the protocol. */
    private @Nullable Message arrived(ClientContext context, Publish packet) {
        Message message = withTopic(context, packet);
        if (message == null) {
            Answers.disconnect(
                    context,
                    context.aliases.problem(
                            packet.topicAlias(), packet.message().topic()));
            return null;
        }
        return message.qos() == Qos.EXACTLY_ONCE && !mayTake(context, packet) ? null : message;
    }

    /** A message that comes too fast. */
    void refuseForRate(ClientContext context, Publish packet) {
        counters.messagesReceived.increment();
        decline(context, packet);
    }

    /** What is acknowledged is not lost: older clients, which know no refusal, are disconnected and may send the message again. */
    private void decline(ClientContext context, Publish packet) {
        Message message = arrived(context, packet);
        if (message == null) {
            return;
        }
        counters.publishesRefused.increment();
        if (context.isMqtt5()) {
            Answers.published(context, packet, ReasonCode.QUOTA_EXCEEDED);
        } else if (message.qos() != Qos.AT_MOST_ONCE) {
            Answers.disconnect(context, ReasonCode.QUOTA_EXCEEDED);
        }
    }

    private void judgeElsewhere(ClientContext context, Publish packet, int delay, Message message) {
        long generation = gate.generation();
        Permission known = gate.remembered(context, message);
        context.offload(() -> gate.judge(context.client(), context.acl, message, known), judged -> {
            if (known == null) { // else it would never grow old
                gate.remember(context, message, judged.permission(), generation);
            }
            finish(context, packet, delay, judged.admission());
            context.link.resumeReading();
        });
    }

    private void judgeElsewhere(ClientContext context, Publish packet, int delay, Callable<Admission> judgement) {
        context.offload(judgement, decided -> {
            finish(context, packet, delay, decided);
            context.link.resumeReading();
        });
    }

    private static @Nullable Message withTopic(ClientContext context, Publish packet) {
        if (packet.topicAlias() == 0) {
            return packet.message();
        }
        String topic =
                context.aliases.resolve(packet.topicAlias(), packet.message().topic());
        return topic == null ? null : packet.message().withTopic(topic);
    }

    /** A QoS 2 message that was received before is only acknowledged again (MQTT 5.0 section 4.3.3). */
    private static boolean mayTake(ClientContext context, Publish packet) {
        if (context.session().isAwaitingRelease(packet.packetId())) {
            Answers.published(context, packet, ReasonCode.SUCCESS);
            return false;
        }
        if (!context.session().mayAwaitRelease(context.receiveMaximum)) {
            Answers.disconnect(context, ReasonCode.RECEIVE_MAXIMUM_EXCEEDED);
            return false;
        }
        return true;
    }

    /**
     * From here on the same packet is a repetition. A message whose fate was not decided when the connection was lost, or that was
     * refused, is not taken: the client may send it again.
     */
    private static void taken(ClientContext context, Publish packet) {
        if (packet.message().qos() == Qos.EXACTLY_ONCE) {
            context.session().awaitRelease(packet.packetId());
        }
    }

    /**
     * Who cannot be told that there is no room for a retained message gets it delivered all the same, and not retained. What is delayed may
     * find room when it is due.
     */
    private @Nullable ReasonCode problem(ClientContext context, Message message, int delay) {
        if (TopicLevels.exceed(message.topic(), settings.mqtt().maxTopicLevels())) {
            return ReasonCode.TOPIC_NAME_INVALID;
        }
        boolean tellable = message.retain() && delay == 0 && context.isMqtt5() && message.qos() != Qos.AT_MOST_ONCE;
        return tellable && !publisher.canRetain(Mounting.mounted(context.mountpoint, message))
                ? ReasonCode.QUOTA_EXCEEDED
                : null;
    }

    private void finish(ClientContext context, Publish packet, int delay, Admission admission) {
        switch (admission) {
            case Admission.Admitted admitted -> admit(context, packet, delay, admitted.message());
            case Admission.Dropped _ -> {
                taken(context, packet);
                Answers.published(context, packet, ReasonCode.SUCCESS);
            }
            case Admission.Refused refused -> refuse(context, packet, refused.reason());
            case Admission.Undecided _, Admission.Rewritten _ ->
                throw new IllegalStateException("judged on a virtual thread and undecided");
        }
    }

    private void admit(ClientContext context, Publish packet, int delay, Message message) {
        ReasonCode problem = plan.problem(context.mountpoint, message.topic());
        if (problem != null) {
            refuse(context, packet, problem);
        } else if (delay == 0) {
            taken(context, packet);
            publisher.publish(
                    context.link.lane(),
                    Mounting.mounted(context.mountpoint, message),
                    context.client(),
                    reason -> Answers.published(context, packet, reason));
            pressure.routed(context);
        } else if (delayed.keep(context.link.lane(), delay, message, context.sender())) {
            taken(context, packet);
            Answers.published(context, packet, ReasonCode.SUCCESS);
        } else {
            refuse(context, packet, ReasonCode.QUOTA_EXCEEDED);
        }
    }

    private void refuse(ClientContext context, Publish packet, ReasonCode reason) {
        counters.publishesRefused.increment();
        if (reason == ReasonCode.NOT_AUTHORIZED && gate.disconnectsOnDeny()) {
            Answers.disconnect(context, reason);
        } else if (context.isMqtt5()) {
            Answers.published(context, packet, reason);
        } else {
            // Older versions know no refusal: the message is acknowledged and goes nowhere (MQTT 3.1.1 section 3.3.5).
            Answers.published(context, packet, ReasonCode.SUCCESS);
        }
    }
}

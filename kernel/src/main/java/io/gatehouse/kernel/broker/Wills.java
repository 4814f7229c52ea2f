package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Will messages (MQTT 5.0 section 3.1.2.5): sent when the connection is lost, after the delay the client asked for, or when the session
 * ends, whichever comes first. Each is authorized and intercepted again when it is sent, on a virtual thread because that may block.
 */
@OnLane
final class Wills {
    private static final Logger LOG = LoggerFactory.getLogger(Wills.class);

    private final TopicPlan plan;
    private final MessageGate gate;
    private final Publisher publisher;
    private final DelayedMessages delayed;
    private final Counters counters;

    Wills(TopicPlan plan, MessageGate gate, Publisher publisher, DelayedMessages delayed, Counters counters) {
        this.plan = plan;
        this.gate = gate;
        this.publisher = publisher;
        this.delayed = delayed;
        this.counters = counters;
    }

    /** The client is gone and leaves a will. */
    void leave(SessionLife life, Will will, List<AclRule> acl) {
        life.delayedWill = new DelayedWill(will, new Sender(life.client, acl, life.mountpoint()));
        if (will.delaySeconds() == 0) {
            send(life);
        } else {
            life.willTimer = life.session().lane().schedule(Duration.ofSeconds(will.delaySeconds()), () -> send(life));
        }
    }

    /** The session is over: a will that still waits is sent now. */
    void sessionEnded(SessionLife life) {
        send(life);
    }

    private void send(SessionLife life) {
        DelayedWill left = life.delayedWill;
        life.delayedWill = null;
        if (left != null) {
            Message message = left.will().message();
            switch (plan.read(left.sender().mountpoint(), message.topic())) {
                case TopicPlan.Named.Topic topic ->
                    send(life.session().lane(), message.withTopic(topic.name()), topic.delaySeconds(), left.sender());
                case TopicPlan.Named.Refused _ -> counters.publishesRefused.increment();
            }
        }
    }

    private void send(Lane lane, Message message, int delay, Sender sender) {
        Thread.ofVirtual().name("will").start(() -> {
            Admission admission = judge(sender, message);
            lane.execute(() -> publish(lane, delay, sender, admission));
        });
    }

    private Admission judge(Sender sender, Message message) {
        try {
            return gate.blocking(sender.client(), sender.acl(), message);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // such as that no thread can be had
            LOG.error("Judging a will failed; it is not sent", e);
        }
        return new Admission.Refused(ReasonCode.SERVER_UNAVAILABLE);
    }

    private void publish(Lane lane, int delay, Sender sender, Admission admission) {
        switch (admission) {
            case Admission.Admitted admitted -> publish(lane, delay, sender, admitted.message());
            case Admission.Dropped _, Admission.Refused _, Admission.Undecided _, Admission.Rewritten _ ->
                counters.publishesRefused.increment();
        }
    }

    private void publish(Lane lane, int delay, Sender sender, Message message) {
        if (plan.problem(sender.mountpoint(), message.topic()) != null) {
            counters.publishesRefused.increment();
        } else if (delay == 0) {
            publisher.publish(lane, Mounting.mounted(sender.mountpoint(), message), sender.client(), _ -> {});
        } else if (!delayed.keep(lane, delay, message, sender)) {
            counters.publishesRefused.increment();
        }
    }
}

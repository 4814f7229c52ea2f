package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.packet.Will;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.authz.AclRule;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import java.util.List;

/**
 * Will messages (MQTT 5.0 section 3.1.2.5): sent when the connection is lost, after the delay the client asked for, or when the session
 * ends, whichever comes first. Each is authorized and intercepted again when it is sent, on a virtual thread because that may block.
 */
@OnLane
final class Wills {
    private final MessageGate gate;
    private final Publisher publisher;
    private final Counters counters;

    Wills(MessageGate gate, Publisher publisher, Counters counters) {
        this.gate = gate;
        this.publisher = publisher;
        this.counters = counters;
    }

    /** The client is gone and leaves a will. */
    void leave(SessionLife life, Will will, List<AclRule> acl) {
        life.delayedWill = new DelayedWill(will, life.client, acl);
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
            Lane lane = life.session().lane();
            Thread.ofVirtual().name("will").start(() -> {
                Admission admission = judge(left);
                lane.execute(() -> publish(lane, left.client(), admission));
            });
        }
    }

    private Admission judge(DelayedWill left) {
        try {
            return gate.blocking(left.client(), left.acl(), left.will().message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Admission.Refused(ReasonCode.SERVER_UNAVAILABLE);
        }
    }

    private void publish(Lane lane, Client client, Admission admission) {
        switch (admission) {
            case Admission.Admitted admitted -> publisher.publish(lane, admitted.message(), client, _ -> {});
            case Admission.Dropped _, Admission.Refused _, Admission.Undecided _, Admission.Rewritten _ ->
                counters.publishesRefused.increment();
        }
    }
}

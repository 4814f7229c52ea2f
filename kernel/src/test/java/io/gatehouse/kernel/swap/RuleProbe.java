package io.gatehouse.kernel.swap;

import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.util.List;

/** Publishes what only one version of the authorizer allows: the answer tells which version gave it. One thread. */
final class RuleProbe {
    private final LoadClient client;
    private final Marks marks;
    private int turn;

    RuleProbe(LoadClient client, Marks marks) {
        this.client = client;
        this.marks = marks;
    }

    void ask() throws IOException {
        turn++;
        String allowing = turn % 2 == 0 ? GateModule.ONE : GateModule.TWO;
        long sent = System.nanoTime();
        Message message = Message.of("only/" + allowing, Payload.EMPTY).withQos(Qos.AT_LEAST_ONCE);
        client.send(new Publish(message, false, turn % 60_000 + 1, 0, List.of()));
        ReasonCode reason = client.next(PubAck.class).reason();
        String decided = reason == ReasonCode.NOT_AUTHORIZED ? GateModule.other(allowing) : allowing;
        marks.check(GateModule.AUTHORIZER, decided, sent);
    }
}

package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionObserver;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/** Remembers what became of messages. */
public final class RecordingObserver implements SessionObserver {
    public final List<String> dropped = new ArrayList<>();
    public int delivered;

    @Override
    public void delivered(Session session, Message message) {
        delivered++;
    }

    @Override
    public void dropped(Session session, Message message, ReasonCode reason) {
        dropped.add(message.payload().asUtf8() + " " + reason);
    }
}

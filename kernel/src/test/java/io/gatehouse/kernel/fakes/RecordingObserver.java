package io.gatehouse.kernel.fakes;

import io.gatehouse.kernel.session.DropReason;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionObserver;
import io.gatehouse.sdk.mqtt.Message;
import java.util.ArrayList;
import java.util.List;

/** Remembers what became of messages. */
public final class RecordingObserver implements SessionObserver {
    public final List<String> dropped = new ArrayList<>();
    public int delivered;
    public int overflowed;

    @Override
    public void delivered(Session session, Message message) {
        delivered++;
    }

    @Override
    public void dropped(Session session, Message message, DropReason reason) {
        dropped.add(message.payload().asUtf8() + " " + reason);
    }

    @Override
    public void overflowed(Session session) {
        overflowed++;
    }
}

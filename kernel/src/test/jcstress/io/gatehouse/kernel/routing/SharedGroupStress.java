package io.gatehouse.kernel.routing;

import io.gatehouse.kernel.config.SharedStrategy;
import io.gatehouse.kernel.fakes.Messages;
import io.gatehouse.kernel.fakes.RecordingObserver;
import io.gatehouse.kernel.fakes.TestLane;
import io.gatehouse.kernel.session.Session;
import io.gatehouse.kernel.session.SessionLimits;
import io.gatehouse.kernel.session.SessionSubscription;
import io.gatehouse.kernel.store.Publication;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A member leaves a shared subscription while messages are given out: there is always somebody whose turn it is. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "somebody gets it")
@Outcome(expect = Expect.FORBIDDEN, desc = "nobody gets it, although one member stayed")
@State
public class SharedGroupStress {
    private final TestLane lane = new TestLane(0);
    private final SharedGroup inTurn = group(SharedStrategy.ROUND_ROBIN);
    private final SharedGroup sticky = group(SharedStrategy.STICKY);
    private final Publication message = Messages.publication("m");
    private final SessionSubscription stays = member("stays");
    private final SessionSubscription goes = member("goes");

    public SharedGroupStress() {
        inTurn.add(goes);
        inTurn.add(stays);
        sticky.add(goes);
        sticky.add(stays);
    }

    private SharedGroup group(SharedStrategy strategy) {
        return new SharedGroup(new Router(List.of(lane)), "$share/g/a", Turn.by(strategy));
    }

    private static SessionSubscription member(String name) {
        Session session =
                new Session(name, new TestLane(0), new SessionLimits(1, 1, 1), new RecordingObserver(), () -> 0L);
        return new SessionSubscription(session, "$share/g/a", Subscription.of("$share/g/a", Qos.AT_MOST_ONCE), 0);
    }

    @Actor
    public void leaver() {
        inTurn.remove(goes);
        sticky.remove(goes);
    }

    @Actor
    public void publisher(II_Result result) {
        result.r1 = inTurn.next(message, lane) == null ? 0 : 1;
        result.r2 = sticky.next(message, lane) == null ? 0 : 1;
    }
}

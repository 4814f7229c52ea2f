package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of clients that do not read: their messages wait, and after a time the client is disconnected. */
@OnLane
final class SlowConsumers {
    private static final Logger LOG = LoggerFactory.getLogger(SlowConsumers.class);

    private final BoundCounters counters;
    private final Settings settings;

    SlowConsumers(BoundCounters counters, Settings settings) {
        this.counters = counters;
        this.settings = settings;
    }

    Duration timeout() {
        return settings.config().bounds().slowConsumerTimeout();
    }

    void disconnect(ClientContext context) {
        if (context.phase != ClientContext.Phase.CONNECTED || context.isClosing()) {
            return;
        }
        counters.slowConsumers.increment();
        // One line at debug: whoever is let in can cause as many as he likes. The counter tells the rest.
        LOG.debug(
                "{} from {} has read nothing for {}, so it is disconnected; {} messages waited for it",
                context.client().clientId(),
                context.link.peer(),
                timeout(),
                context.session().queued());
        context.session().giveUpQos0();
        Answers.disconnect(context, ReasonCode.QUOTA_EXCEEDED);
    }
}

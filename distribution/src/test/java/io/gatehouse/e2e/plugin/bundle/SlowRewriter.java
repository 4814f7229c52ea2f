package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.plugin.Blocking;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.osgi.service.component.annotations.Component;

/** Interceptors that take their time, and less for each message than for the one before: who does not keep order shows it. */
@Component(name = "slow-rewriter")
@Blocking
public final class SlowRewriter implements PublishInterceptor, DeliveryInterceptor {
    private static final int LONGEST_MILLIS = 10;

    @Override
    public Verdict<Message> onPublish(Client publisher, Message message) {
        return marked(message, " in");
    }

    @Override
    public Verdict<Message> onDeliver(Client subscriber, Message message) {
        return marked(message, " out");
    }

    private static Verdict<Message> marked(Message message, String mark) {
        String text = message.payload().asUtf8();
        int number = text.chars()
                .filter(Character::isDigit)
                .map(digit -> digit - '0')
                .sum();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS - Math.min(number, LONGEST_MILLIS)));
        return Verdict.forward(message.withPayload(Payload.ofUtf8(text + mark)));
    }
}

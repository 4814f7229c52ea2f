package io.gatehouse.kernel.broker;

import io.gatehouse.kernel.config.DelayedConfig;
import io.gatehouse.kernel.session.AnyThread;
import io.gatehouse.kernel.session.Lane;
import io.gatehouse.kernel.session.OnLane;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of {@code $delayed/seconds/topic} until they are due. They wait in the timers of their publisher's lane, bounded in number and
 * in bytes over all lanes. One that is due is authorized once more, on a virtual thread because that may block; those of one client
 * follow each other, so that they keep their order. They live as long as the process.
 */
@AnyThread
final class DelayedMessages {
    private static final Logger LOG = LoggerFactory.getLogger(DelayedMessages.class);

    /** What a message takes beside its bytes, roughly. */
    private static final int OVERHEAD = 256;

    private final MessageGate gate;
    private final Publisher publisher;
    private final Counters counters;
    private final Settings settings;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** Those that are due, by the client that sent them; each entry is touched by the lane of its client only. */
    private final ConcurrentHashMap<String, ArrayDeque<Delayed>> due = new ConcurrentHashMap<>();

    DelayedMessages(MessageGate gate, Publisher publisher, Counters counters, Settings settings) {
        this.gate = gate;
        this.publisher = publisher;
        this.counters = counters;
        this.settings = settings;
    }

    private record Delayed(Lane lane, Message message, Sender sender, int bytes) {}

    /**
     * Keeps a message for later.
     *
     * @param lane the publisher's
     * @param message with the topic that it is for, authorized and intercepted
     * @return false when there is no room
     */
    @OnLane
    boolean keep(Lane lane, int seconds, Message message, Sender sender) {
        DelayedConfig limits = settings.features().delayed();
        Delayed delayed = new Delayed(lane, message, sender, size(message));
        int messages = count.incrementAndGet();
        long total = bytes.addAndGet(delayed.bytes());
        if (messages > limits.maxMessages() || total > limits.maxBytes()) {
            forget(delayed);
            return false;
        }
        lane.schedule(Duration.ofSeconds(seconds), () -> isDue(delayed));
        return true;
    }

    /** How many wait. */
    int waiting() {
        return count.get();
    }

    @OnLane
    private void isDue(Delayed delayed) {
        ArrayDeque<Delayed> queue =
                due.computeIfAbsent(delayed.sender().client().clientId(), _ -> new ArrayDeque<>(2));
        queue.add(delayed);
        if (queue.size() == 1) {
            judge(delayed);
        }
    }

    private void judge(Delayed delayed) {
        Thread.ofVirtual().name("delayed").start(() -> {
            Admission admission = ask(delayed);
            delayed.lane().execute(() -> decided(delayed, admission));
        });
    }

    /** There is an answer whatever happens, or the client's other messages would wait for ever. */
    private Admission ask(Delayed delayed) {
        Sender sender = delayed.sender();
        try {
            return gate.blockingRewritten(sender.client(), sender.acl(), delayed.message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // such as that no thread can be had
            LOG.error("Judging a delayed message failed; it is not sent", e);
        }
        return new Admission.Refused(ReasonCode.UNSPECIFIED_ERROR);
    }

    @OnLane
    private void decided(Delayed delayed, Admission admission) {
        forget(delayed);
        try {
            if (admission instanceof Admission.Admitted admitted) {
                Sender sender = delayed.sender();
                Message message = Mounting.mounted(sender.mountpoint(), admitted.message());
                publisher.publish(delayed.lane(), message, sender.client(), _ -> {});
            } else {
                counters.publishesRefused.increment();
            }
        } finally {
            next(delayed.sender().client().clientId());
        }
    }

    private void next(String clientId) {
        ArrayDeque<Delayed> queue = due.get(clientId);
        if (queue == null) {
            return;
        }
        queue.poll();
        Delayed next = queue.peek();
        if (next == null) {
            due.remove(clientId);
        } else {
            judge(next);
        }
    }

    private void forget(Delayed delayed) {
        count.decrementAndGet();
        bytes.addAndGet(-delayed.bytes());
    }

    /** At most what a packet can have, so it fits. */
    private static int size(Message message) {
        MessageProperties properties = message.properties();
        int size = OVERHEAD + message.payload().length() + message.topic().length();
        size += length(properties.contentType()) + length(properties.responseTopic());
        Payload correlation = properties.correlationData();
        size += correlation == null ? 0 : correlation.length();
        for (UserProperty property : properties.userProperties()) {
            size += property.name().length() + property.value().length();
        }
        return size;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}

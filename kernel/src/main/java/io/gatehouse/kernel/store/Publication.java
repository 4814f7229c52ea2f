package io.gatehouse.kernel.store;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MessageProperties;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way through the broker: what is routed, queued and retained. One object serves all subscribers.
 *
 * <p>Immutable but for {@link #frame(int)}, a cache in which whoever encodes the message for the first time leaves the result for the
 * others. Its entries are immutable too, so a lost update only costs one more encoding.
 */
public final class Publication {
    /** The value of {@link #expiresAt()} for a message that never expires. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int FRAMES = 16;

    /** The objects around a text or two. */
    private static final int OVERHEAD = 96;

    private final Message message;
    private final @Nullable String publisher;
    private final long expiresAt;
    private Object @Nullable [] frames;

    /**
     * A message received now.
     *
     * @param publisher the client identifier of the publisher, null when the broker itself publishes
     * @param nowMillis the time of reception, milliseconds since the epoch; means nothing when the message does not expire
     */
    public Publication(Message message, @Nullable String publisher, long nowMillis) {
        this.message = message;
        this.publisher = publisher;
        long expiry = message.properties().expirySeconds();
        this.expiresAt = expiry == MessageProperties.NO_EXPIRY ? NEVER : nowMillis + expiry * 1000;
    }

    private Publication(long expiresAt, Message message, @Nullable String publisher) {
        this.message = message;
        this.publisher = publisher;
        this.expiresAt = expiresAt;
    }

    /** The same publication with the message as an interceptor wants one subscriber to see it. */
    public Publication rewritten(Message replacement) {
        return new Publication(expiresAt, replacement, publisher);
    }

    /** The message as it is delivered, with the expiry interval as it was at reception. */
    public Message message() {
        return message;
    }

    /** The client identifier of the publisher, null when the broker itself published. */
    public @Nullable String publisher() {
        return publisher;
    }

    /** Milliseconds since the epoch, or {@link #NEVER}. */
    public long expiresAt() {
        return expiresAt;
    }

    /** True when the message has a time to expire at; else nobody needs to ask what time it is. */
    public boolean mayExpire() {
        return expiresAt != NEVER;
    }

    /** How much memory the message takes, roughly, in bytes. */
    public int size() {
        return size(message);
    }

    /** How much memory a message takes, roughly, in bytes. */
    public static int size(Message message) {
        MessageProperties properties = message.properties();
        int size = OVERHEAD + message.topic().length() + message.payload().length();
        Payload correlation = properties.correlationData();
        size += length(properties.contentType()) + length(properties.responseTopic());
        size += correlation == null ? 0 : correlation.length();
        List<UserProperty> own = properties.userProperties();
        for (int i = 0; i < own.size(); i++) {
            size += OVERHEAD + own.get(i).name().length() + own.get(i).value().length();
        }
        return size;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /** True when the message may no longer be delivered (MQTT 5.0 section 3.3.2.3.3). */
    public boolean isExpired(long nowMillis) {
        return expiresAt <= nowMillis;
    }

    /** What is left of the expiry interval in whole seconds, or {@link MessageProperties#NO_EXPIRY}. */
    public long remainingExpirySeconds(long nowMillis) {
        return expiresAt == NEVER ? MessageProperties.NO_EXPIRY : Math.max(0, (expiresAt - nowMillis + 999) / 1000);
    }

    /** Makes room for encoded forms; called before the message is shown to more than one session. */
    public void expectFanOut() {
        if (frames == null && expiresAt == NEVER) {
            frames = new Object[FRAMES];
        }
    }

    /** True when encoded forms are worth keeping: several sessions get the message, and it looks the same to all. */
    public boolean keepsFrames() {
        return frames != null;
    }

    /** The encoded form that was left under this key, 0 to 15; null when there is none. */
    public @Nullable Object frame(int key) {
        Object[] kept = frames;
        return kept == null ? null : kept[key];
    }

    /** Leaves an immutable encoded form under this key, 0 to 15. */
    public void keepFrame(int key, Object frame) {
        Object[] kept = frames;
        if (kept != null) {
            kept[key] = frame;
        }
    }
}

package io.gatehouse.e2e.plugin.bundle;

import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.intercept.ConnectInterceptor;
import io.gatehouse.sdk.intercept.DeliveryInterceptor;
import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.SubscribeInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Subscription;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** All four interceptors on the lane; what they do is said by client identifiers, topics and payloads. */
@Component(name = "rewriter")
public final class Rewriter
        implements ConnectInterceptor, PublishInterceptor, SubscribeInterceptor, DeliveryInterceptor {
    @Override
    public Verdict<ConnectRequest> onConnect(ConnectRequest request) {
        return request.client().clientId().startsWith("banned")
                ? Verdict.reject(ReasonCode.BANNED, "as asked for")
                : Verdict.forward(request);
    }

    @Override
    public Verdict<Message> onPublish(Client publisher, Message message) {
        return switch (message.topic()) {
            case "publish/upper" ->
                Verdict.forward(message.withPayload(
                        Payload.ofUtf8(message.payload().asUtf8().toUpperCase(Locale.ROOT))));
            case "publish/elsewhere" ->
                Verdict.forward(message.withTopic(message.payload().asUtf8()));
            case "publish/retained" -> Verdict.forward(message.withRetain(true));
            case "publish/dropped" -> Verdict.drop();
            case "publish/rejected" -> Verdict.reject(ReasonCode.QUOTA_EXCEEDED, "as asked for");
            case "publish/throws" -> throw new IllegalStateException("as asked for");
            default -> Verdict.forward(message);
        };
    }

    @Override
    public Verdict<Subscription> onSubscribe(Client subscriber, Subscription subscription) {
        return switch (subscription.filter()) {
            case "subscribe/alias" -> Verdict.forward(subscription.withFilter("subscribe/real"));
            case "subscribe/forbidden" -> Verdict.forward(subscription.withFilter("forbidden/x"));
            case "subscribe/rejected" -> Verdict.reject(ReasonCode.QUOTA_EXCEEDED, "as asked for");
            default -> Verdict.forward(subscription);
        };
    }

    @Override
    public Verdict<Message> onDeliver(Client subscriber, Message message) {
        if (!message.topic().startsWith("deliver/")) {
            return Verdict.forward(message);
        }
        String text = message.payload().asUtf8();
        return text.equals("not for " + subscriber.clientId())
                ? Verdict.drop()
                : Verdict.forward(message.withPayload(Payload.ofUtf8(text + " to " + subscriber.clientId())));
    }
}

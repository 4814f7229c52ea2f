package io.gatehouse.sdk.testing.sample;

import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** Says everything in capitals. */
@Component(name = "shouting")
public final class ShoutingInterceptor implements PublishInterceptor {
    @Override
    public Verdict<Message> onPublish(Client publisher, Message message) {
        return Verdict.forward(
                message.withPayload(Payload.ofUtf8(message.payload().asUtf8().toUpperCase(Locale.ROOT))));
    }
}

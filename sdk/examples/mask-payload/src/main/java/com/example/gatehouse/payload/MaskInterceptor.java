package com.example.gatehouse.payload;

import io.gatehouse.sdk.intercept.PublishInterceptor;
import io.gatehouse.sdk.intercept.Verdict;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.TopicFilters;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Takes card numbers and the like out of messages before anybody gets them. */
@Component(name = "mask-payload")
@Designate(ocd = MaskInterceptor.Configuration.class)
public final class MaskInterceptor implements PublishInterceptor {
    @ObjectClassDefinition(name = "Masked payloads")
    @interface Configuration {
        @AttributeDefinition(description = "Which topics are looked at")
        String filter() default "#";

        @AttributeDefinition(description = "A Java regular expression")
        String pattern() default "\\b\\d{13,19}\\b";

        @AttributeDefinition(description = "What takes the place of a match")
        String replacement() default "***";
    }

    private final Configuration configuration;
    private final Pattern pattern;

    @Activate
    public MaskInterceptor(Configuration configuration) {
        this.configuration = configuration;
        this.pattern = Pattern.compile(configuration.pattern()); // a mistake here keeps the module from starting
    }

    /** Called on an event loop: short texts only; for long ones mark the class {@code @Blocking}. */
    @Override
    public Verdict<Message> onPublish(Client publisher, Message message) {
        if (!TopicFilters.matches(configuration.filter(), message.topic())) {
            return Verdict.forward(message);
        }
        String text = message.payload().asUtf8();
        String masked = pattern.matcher(text).replaceAll(configuration.replacement());
        return Verdict.forward(masked.equals(text) ? message : message.withPayload(Payload.ofUtf8(masked)));
    }
}

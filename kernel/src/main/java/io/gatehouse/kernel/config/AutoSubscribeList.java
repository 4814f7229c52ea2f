package io.gatehouse.kernel.config;

import io.gatehouse.kernel.topic.FilterPrefix;
import io.gatehouse.kernel.topic.NameTemplate;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.Subscription;
import io.gatehouse.sdk.mqtt.Subscription.RetainHandling;
import java.util.List;

/** The setting {@code auto-subscribe}: what each client is subscribed to when it connects. */
final class AutoSubscribeList {
    private static final int MOST = 100;

    private static final SectionList.Field<String> TOPIC =
            new SectionList.Field<>("topic", new TextType(1_024, "a topic filter"), null);
    private static final SectionList.Field<Integer> QOS = new SectionList.Field<>("qos", new IntegerType(0, 2), 0);
    private static final SectionList.Field<Boolean> NO_LOCAL =
            new SectionList.Field<>("no-local", new BooleanType(), false);
    private static final SectionList.Field<Boolean> RETAIN_AS_PUBLISHED =
            new SectionList.Field<>("retain-as-published", new BooleanType(), false);
    private static final SectionList.Field<Integer> RETAIN_HANDLING =
            new SectionList.Field<>("retain-handling", new IntegerType(0, 2), 0);

    static final SectionList<AutoSubscription> TYPE = new SectionList<>(
            MOST,
            List.of(TOPIC, QOS, NO_LOCAL, RETAIN_AS_PUBLISHED, RETAIN_HANDLING),
            AutoSubscribeList::entry,
            "{ topic = \"clients/${clientid}/#\", qos = 1 }");

    private AutoSubscribeList() {}

    private static Reading<AutoSubscription> entry(SectionList.Values values) {
        String topic = values.get(TOPIC);
        NameTemplate filter;
        try {
            filter = NameTemplate.of(topic);
        } catch (IllegalArgumentException e) {
            return bad(String.valueOf(e.getMessage()));
        }
        String example = filter.fill("x", "x");
        if (example == null || !FilterPrefix.isWellFormed(example)) {
            return bad("must be a topic filter, where + and # fill a level, not " + Found.text(topic));
        }
        return Reading.good(new AutoSubscription(
                filter,
                new Subscription(
                        topic,
                        Qos.of(values.get(QOS)),
                        values.get(NO_LOCAL),
                        values.get(RETAIN_AS_PUBLISHED),
                        retainHandling(values.get(RETAIN_HANDLING)))));
    }

    /** As the number is written in SUBSCRIBE (MQTT 5.0 section 3.8.3.1). */
    private static RetainHandling retainHandling(int number) {
        return switch (number) {
            case 0 -> RetainHandling.SEND;
            case 1 -> RetainHandling.SEND_IF_NEW;
            default -> RetainHandling.DO_NOT_SEND;
        };
    }

    private static Reading<AutoSubscription> bad(String message) {
        return new Reading.Bad<>(List.of(new Reading.Fault(-1, TOPIC.name(), message)));
    }
}

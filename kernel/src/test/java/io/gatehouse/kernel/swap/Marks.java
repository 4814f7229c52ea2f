package io.gatehouse.kernel.swap;

import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.UserProperty;
import java.util.List;
import java.util.Map;

/** Looks whether messages carry the marks of those versions that were there while the message was on its way. */
final class Marks {
    private final Map<GateModule, Timeline> timelines;
    private final Findings findings;

    Marks(Map<GateModule, Timeline> timelines, Findings findings) {
        this.timelines = Map.copyOf(timelines);
        this.findings = findings;
    }

    /** @param sent when the message was published */
    void check(Message message, long sent) {
        check(message, GateModule.PUBLISH, sent);
        check(message, GateModule.DELIVERY, sent);
    }

    private void check(Message message, GateModule module, long sent) {
        List<String> marks = message.properties().userProperties().stream()
                .filter(property -> property.name().equals(module.moduleName()))
                .map(UserProperty::value)
                .toList();
        if (marks.size() != 1) {
            findings.add(Publisher.GAP, message.topic() + " came with the marks " + marks + " of " + module);
        } else {
            check(module, marks.getFirst(), sent);
        }
    }

    /** Somebody was told something by this version of this module, between then and now. */
    void check(GateModule module, String version, long from) {
        Timeline timeline = timelines.get(module);
        if (timeline == null || !timeline.wasLive(version, from, System.nanoTime())) {
            findings.add("decisions that neither version made", module + " " + version + " was not there");
        }
    }
}

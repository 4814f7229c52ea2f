package io.gatehouse.kernel.warmup;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Messages for several: for each of them, or for one of a shared subscription. */
final class GroupScene implements Scene {
    private static final String SHARED = "$share/warm-up/";
    private static final int MEMBERS = 8;
    private static final int IN_ONE_READ = 8;

    private final Stage stage;
    private final WarmUpClient publisher;
    private final List<WarmUpClient> members = new ArrayList<>();
    private final byte[] messages;
    private final int each;
    private int expected;

    GroupScene(Stage stage, MqttVersion version, Qos qos, boolean shared) throws IOException {
        this.stage = stage;
        this.each = shared ? 1 : MEMBERS;
        String name = (shared ? "shared-" : "all-") + version + "-" + qos;
        String topic = Topics.of(name, 0);
        this.publisher = stage.connect(version, name + "-publisher");
        for (int i = 0; i < MEMBERS; i++) {
            WarmUpClient member = stage.connect(version, name + "-member-" + i);
            stage.subscribe(member, version, qos, List.of(shared ? SHARED + topic : topic));
            members.add(member);
        }
        this.messages = stage.packets().publish(version, qos, false, Collections.nCopies(IN_ONE_READ, topic));
    }

    @Override
    public void play() throws IOException {
        publisher.send(messages);
        expected += each * IN_ONE_READ;
        stage.await(members, () -> Stage.sum(members, WarmUpClient.PUBLISH) >= expected);
        publisher.read();
    }
}

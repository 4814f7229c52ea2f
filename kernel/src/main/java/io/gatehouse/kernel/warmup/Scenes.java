package io.gatehouse.kernel.warmup;

import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Qos;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Everything that is played: what every fleet does, in the two versions of the protocol that nearly all of them speak. */
final class Scenes {
    private Scenes() {}

    static List<Scene> on(Stage stage) throws IOException {
        List<Scene> scenes = new ArrayList<>();
        for (MqttVersion version : List.of(MqttVersion.V3_1_1, MqttVersion.V5)) {
            scenes.add(new VisitScene(stage, version));
            scenes.add(new FleetScene(stage, version));
            for (Qos qos : Qos.values()) {
                scenes.add(new PairScene(stage, version, qos));
            }
            scenes.add(new RetainedScene(stage, version, Qos.AT_MOST_ONCE));
            scenes.add(new RetainedScene(stage, version, Qos.AT_LEAST_ONCE));
            scenes.add(new AwayScene(stage, version, Qos.AT_LEAST_ONCE));
            scenes.add(new AwayScene(stage, version, Qos.EXACTLY_ONCE));
            scenes.add(new GroupScene(stage, version, Qos.AT_MOST_ONCE, false));
            scenes.add(new GroupScene(stage, version, Qos.AT_LEAST_ONCE, false));
            scenes.add(new GroupScene(stage, version, Qos.AT_LEAST_ONCE, true));
        }
        return List.copyOf(scenes);
    }
}

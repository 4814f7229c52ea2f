package io.gatehouse.kernel.swap;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.plugin.PluginAdministration;
import io.gatehouse.kernel.plugin.PluginOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The operator of the test: changes modules, and notes on their timelines which version may decide when. One thread. */
final class Changes {
    private final PluginAdministration plugins;
    private final Map<GateModule, Map<String, Path>> working = new EnumMap<>(GateModule.class);
    private final Map<GateModule, List<Path>> broken = new EnumMap<>(GateModule.class);
    private final Map<GateModule, Timeline> timelines = new EnumMap<>(GateModule.class);
    private final Map<GateModule, String> running = new EnumMap<>(GateModule.class);
    private int upgrades;
    private int refusals;
    private int rollbacks;

    /** Packs all jars into this folder; version one of each module runs already. */
    Changes(PluginAdministration plugins, Path folder, String board) throws IOException {
        this.plugins = plugins;
        for (GateModule module : GateModule.values()) {
            Path one = module.working(GateModule.ONE, board).into(folder);
            Path two = module.working(GateModule.TWO, board).into(folder);
            byte[] bytes = Files.readAllBytes(two);
            Path half = folder.resolve(module + "-half.jar");
            Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
            working.put(module, Map.of(GateModule.ONE, one, GateModule.TWO, two));
            broken.put(
                    module,
                    List.of(
                            module.throwing(board).into(folder),
                            module.sick(board).into(folder),
                            module.needy(board).into(folder),
                            half));
            timelines.put(module, new Timeline());
            begin(module, GateModule.ONE);
        }
    }

    Map<GateModule, Timeline> timelines() {
        return timelines;
    }

    int upgrades() {
        return upgrades;
    }

    int refusals() {
        return refusals;
    }

    int rollbacks() {
        return rollbacks;
    }

    void upgrade(GateModule module) {
        String old = version(module);
        String next = GateModule.other(old);
        begin(module, next);
        done(plugins.upgrade(jar(module, next)));
        timeline(module).end(old);
        upgrades++;
    }

    void rollBack(GateModule module) {
        String old = version(module);
        begin(module, GateModule.other(old));
        done(plugins.rollback(module.moduleName()));
        timeline(module).end(old);
        rollbacks++;
    }

    /** Tries all that do not work. */
    void tryBroken(GateModule module) {
        for (Path jar : broken.getOrDefault(module, List.of())) {
            assertThat(plugins.upgrade(jar)).isInstanceOf(PluginOutcome.Refused.class);
            refusals++;
        }
    }

    void remove(GateModule module) {
        done(plugins.remove(module.moduleName()));
        timeline(module).end(version(module));
    }

    void putBack(GateModule module) {
        String version = GateModule.other(version(module));
        begin(module, version);
        done(plugins.install(jar(module, version)));
    }

    private void begin(GateModule module, String version) {
        timeline(module).begin(version);
        running.put(module, version);
    }

    private static void done(PluginOutcome outcome) {
        assertThat(outcome).isInstanceOf(PluginOutcome.Done.class);
    }

    private String version(GateModule module) {
        return running.getOrDefault(module, "");
    }

    private Timeline timeline(GateModule module) {
        return timelines.getOrDefault(module, new Timeline());
    }

    private Path jar(GateModule module, String version) {
        return working.getOrDefault(module, Map.of()).getOrDefault(version, Path.of(version));
    }
}

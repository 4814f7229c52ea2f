package io.gatehouse.kernel.develop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes each new build of a plugin over into the broker that runs it. One thread runs it; it blocks until it is interrupted.
 */
public final class DevelopmentLoop {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Path project;
    private final DevelopmentHome home;
    private final int port;
    private final Consumer<String> tell;
    private @Nullable BuiltPlugin current;
    private String settings = "";

    /**
     * A loop for one project.
     *
     * @param tell gets one sentence for each thing that a developer wants to know
     */
    public DevelopmentLoop(Path project, DevelopmentHome home, int port, Consumer<String> tell) {
        this.project = project;
        this.home = home;
        this.port = port;
        this.tell = tell;
    }

    /** Waits until the plugin was built, and puts everything into place for a broker to start. */
    public List<PluginModule> awaitFirstBuild() throws IOException, InterruptedException {
        Optional<BuiltPlugin> built = built();
        if (built.isEmpty()) {
            tell.accept("Nothing was built yet: there is no plugin in " + project.resolve("target")
                    + ". Run `mvn package` in another terminal; this waits for it.");
        }
        while (built.isEmpty()) {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            built = built();
        }
        BuiltPlugin plugin = built.get();
        home.deploy(plugin.jar());
        home.configure(plugin.modules(), port);
        current = plugin;
        settings = settings();
        return plugin.modules();
    }

    /** Swaps on every build, and hands over every edit of {@code dev.conf}. */
    public void run(PluginSlot slot) throws IOException, InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
            step(slot);
        }
    }

    /** Looks once and acts. */
    void step(PluginSlot slot) throws IOException {
        Optional<BuiltPlugin> built = built();
        if (built.isPresent() && !built.get().equals(current)) {
            swap(built.get(), slot);
        } else if (built.isPresent() && !settings().equals(settings)) {
            settings = settings();
            home.configure(built.get().modules(), port);
            tell.accept("dev.conf was edited and is handed over.");
        }
    }

    private void swap(BuiltPlugin plugin, PluginSlot slot) throws IOException {
        current = plugin;
        settings = settings();
        home.configure(plugin.modules(), port);
        long begin = System.nanoTime();
        Files.copy(plugin.jar(), home.unfinished(), StandardCopyOption.REPLACE_EXISTING);
        Optional<String> problem = slot.put(home.unfinished());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        tell.accept(problem.map(sentence -> "The new build does not run, so the one before goes on: " + sentence)
                .orElse("Swapped " + names(plugin.modules()) + " in " + millis + " ms."));
    }

    private Optional<BuiltPlugin> built() {
        return BuiltPlugin.newest(project.resolve("target"));
    }

    private String settings() throws IOException {
        Path file = project.resolve("dev.conf");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String names(List<PluginModule> modules) {
        return String.join(", ", modules.stream().map(PluginModule::name).toList());
    }
}

package io.gatehouse.e2e.develop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.e2e.Installed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse dev}. A module that is shipped plays the plugin that was built. */
class DevelopmentLoopIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern RUNS = Pattern.compile("Runs auth-anonymous on 127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path folder;

    private @Nullable Process process;

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void waitsForTheFirstBuildRunsItAndSwapsTheNext() throws Exception {
        dev();
        await().atMost(PATIENCE).until(this::output, text -> text.contains("Nothing was built yet"));

        build("first");
        await().atMost(PATIENCE).until(this::output, text -> RUNS.matcher(text).find());
        assertThat(publish()).isZero();

        build("second");
        await().atMost(PATIENCE).until(this::output, text -> text.contains("Swapped auth-anonymous"));
        assertThat(publish()).isZero();
    }

    @Test
    void goesOnWithTheBuildBeforeWhenTheNewOneDoesNotRun() throws Exception {
        build("first");
        dev();
        await().atMost(PATIENCE).until(this::output, text -> RUNS.matcher(text).find());

        Files.writeString(folder.resolve("dev.conf"), "auth-anonymous.username = \"\\u0001\"\n");

        await().atMost(PATIENCE).until(this::output, text -> text.contains("control characters"));
        assertThat(publish()).isZero();
    }

    @Test
    void letsADebuggerAttach() throws Exception {
        dev("--debug", "0");

        await().atMost(PATIENCE).until(this::output, text -> text.contains("Listening for transport dt_socket"));
    }

    private void dev(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("dev", folder.toString(), "--port", "0"));
        arguments.addAll(List.of(more));
        process = Installed.command(arguments.toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    private String output() {
        try {
            return Files.exists(folder.resolve("output")) ? Files.readString(folder.resolve("output")) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a build does it: in place. */
    private void build(String content) throws IOException {
        Path target = Files.createDirectories(folder.resolve("target"));
        Path jar = target.resolve("plugin.jar");
        Path shipped = Installed.home().resolve("plugins").resolve("auth-anonymous-" + Installed.version() + ".jar");
        Files.copy(shipped, folder.resolve("unfinished.jar"), StandardCopyOption.REPLACE_EXISTING);
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("unfinished.jar"))) {
            Files.writeString(zip.getPath("build"), content);
        }
        Files.copy(folder.resolve("unfinished.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private int publish() throws IOException, InterruptedException {
        Matcher runs = RUNS.matcher(output());
        assertThat(runs.find()).isTrue();
        return Installed.run("pub", "-p", Objects.requireNonNull(runs.group(1)), "-t", "any/topic", "-m", "hello")
                .exitCode();
    }
}

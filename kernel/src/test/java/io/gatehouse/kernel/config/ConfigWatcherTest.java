package io.gatehouse.kernel.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWatcherTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);

    private static final FileTime LONG_AGO = FileTime.fromMillis(0);

    private final List<ConfigResult> changes = new CopyOnWriteArrayList<>();
    private TestHome home;
    private ConfigWatcher watcher;

    @BeforeEach
    void newHome(@TempDir Path folder) {
        home = new TestHome(folder).main("mqtt.max-queue = 1");
        watcher = watcher(SOON, SOON);
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    private ConfigWatcher watcher(Duration settle, Duration poll) {
        return new ConfigWatcher(home.loader(), home.installation(), changes::add, settle, poll);
    }

    /** Starts with the system's events alone, or with regular looks at the files as well. */
    private void start(boolean events) {
        watcher = events ? watcher(SOON, NEVER) : watcher(SOON, SOON);
        watcher.start();
        // Once it has noticed this, it is past its first reading and watches indeed.
        home.write("data/overlay.conf", "mqtt.max-inflight = 5");
        await().until(() -> !changes.isEmpty());
    }

    private void awaitQueue(int size) {
        await().until(() -> !changes.isEmpty() && queue(changes.getLast()) == size);
    }

    private static int queue(ConfigResult result) {
        GatehouseConfig config = result.config();
        return config == null ? -1 : config.mqtt().maxQueue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesAnEdit(boolean events) throws IOException {
        start(events);

        Files.writeString(home.path("conf/gatehouse.conf"), "mqtt.max-queue = 22");

        awaitQueue(22);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesAReplacedFile(boolean events) throws IOException {
        start(events);

        home.write("conf/.gatehouse.conf.tmp", "mqtt.max-queue = 3");
        Files.move(
                home.path("conf/.gatehouse.conf.tmp"),
                home.path("conf/gatehouse.conf"),
                StandardCopyOption.ATOMIC_MOVE);

        awaitQueue(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesFilesThatComeAndGo(boolean events) throws IOException {
        home.write("conf/conf.d/a.conf", "");
        start(events);

        home.write("conf/conf.d/b.conf", "mqtt.max-queue = 4");
        awaitQueue(4);

        Files.delete(home.path("conf/conf.d/b.conf"));
        awaitQueue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesTheOverlay(boolean events) {
        start(events);

        home.write("data/overlay.conf", "mqtt.max-queue = 5");

        awaitQueue(5);
    }

    @Test
    void readsAFolderInWhichItIsNeverQuiet() {
        watcher = watcher(Duration.ofSeconds(1), NEVER);
        watcher.start();
        home.main("mqtt.max-queue = 54");
        awaitQueue(54);

        await().pollInterval(SOON).atMost(Duration.ofSeconds(30)).until(() -> {
            home.write("conf/noise", "").main("mqtt.max-queue = 55");
            return queue(changes.getLast()) == 55;
        });
    }

    @Test
    void noticesAReplacementOfTheSameSizeAndAge() throws IOException {
        start(true);
        home.main("mqtt.max-queue = 2");
        awaitQueue(2);

        home.write("twin", "mqtt.max-queue = 3");
        Files.setLastModifiedTime(home.path("twin"), Files.getLastModifiedTime(home.path("conf/gatehouse.conf")));
        Files.move(home.path("twin"), home.path("conf/gatehouse.conf"), StandardCopyOption.ATOMIC_MOVE);

        awaitQueue(3);
    }

    @Test
    void noticesAFolderThatIsMadeLater() {
        start(false);

        home.write("conf/conf.d/a.conf", "mqtt.max-queue = 6");

        awaitQueue(6);
    }

    /** As Kubernetes does it: conf/gatehouse.conf leads to ..data/gatehouse.conf, and ..data to a folder of one version. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noticesThatALinkNowLeadsElsewhere(boolean events) throws IOException {
        home.write("conf/..v1/gatehouse.conf", "mqtt.max-queue = 1")
                .write("conf/..v2/gatehouse.conf", "mqtt.max-queue = 7");
        // Of the same size and age, so that nothing but the link tells them apart.
        Files.setLastModifiedTime(home.path("conf/..v1/gatehouse.conf"), LONG_AGO);
        Files.setLastModifiedTime(home.path("conf/..v2/gatehouse.conf"), LONG_AGO);
        Files.delete(home.path("conf/gatehouse.conf"));
        Files.createSymbolicLink(home.path("conf/..data"), Path.of("..v1"));
        Files.createSymbolicLink(home.path("conf/gatehouse.conf"), Path.of("..data/gatehouse.conf"));
        start(events);

        Files.createSymbolicLink(home.path("conf/..data_tmp"), Path.of("..v2"));
        Files.move(home.path("conf/..data_tmp"), home.path("conf/..data"), StandardCopyOption.ATOMIC_MOVE);

        awaitQueue(7);
    }

    /** No event tells of this one: the folder that holds the link is not the configuration's. */
    @Test
    void noticesThatTheWholeFolderWasSwapped() throws IOException {
        home.write("v1/gatehouse.conf", "mqtt.max-queue = 1").write("v2/gatehouse.conf", "mqtt.max-queue = 7");
        Files.setLastModifiedTime(home.path("v1/gatehouse.conf"), LONG_AGO);
        Files.setLastModifiedTime(home.path("v2/gatehouse.conf"), LONG_AGO);
        Files.delete(home.path("conf/gatehouse.conf"));
        Files.delete(home.path("conf"));
        Files.createSymbolicLink(home.path("conf"), Path.of("v1"));
        start(false);

        Files.createSymbolicLink(home.path("next"), Path.of("v2"));
        Files.move(home.path("next"), home.path("conf"), StandardCopyOption.ATOMIC_MOVE);

        awaitQueue(7);
    }

    @Test
    void noticesASecretThatWasReplaced() {
        home.module("auth-x", "pid", "<AD id=\"pin\" type=\"Password\"/>")
                .main("auth-x.pin = \"file:../pin\"")
                .write("pin", "1");
        start(false);

        home.write("pin", "2345");

        await().until(() -> !changes.isEmpty());
        GatehouseConfig config = Objects.requireNonNull(changes.getLast().config());
        assertThat(Objects.requireNonNull(config.modules().get("auth-x")).properties())
                .containsEntry("pin", "2345");
    }

    @Test
    void reportsABrokenEditOnceAndItsMending() {
        watcher.reloadNow();
        changes.clear();

        home.main("mqtt.max-queue = none");
        watcher.reloadNow();
        watcher.reloadNow();
        home.main("# another look, the same mistake\nmqtt.max-queue = 1");
        watcher.reloadNow();
        watcher.reloadNow();

        assertThat(changes).hasSize(2);
        assertThat(changes.getFirst().config()).isNull();
        assertThat(changes.getFirst().errors()).hasSize(1);
        assertThat(changes.getLast().config()).isNotNull();
    }

    @Test
    void keepsQuietAboutEditsThatChangeNothing() {
        watcher.reloadNow();
        changes.clear();

        home.main("# a comment\nmqtt { max-queue = 1 }\n");
        watcher.reloadNow();
        home.main("mqtt.max-queue = 9");
        watcher.reloadNow();

        assertThat(changes)
                .singleElement()
                .satisfies(change -> assertThat(queue(change)).isEqualTo(9));
    }

    @Test
    void reportsAnEditBetweenTheBrokersStartAndItsOwn() {
        ConfigResult known = home.load();
        home.main("mqtt.max-queue = 8");

        watcher.start(known);

        awaitQueue(8);
    }

    @Test
    void watchesOnWhenAListenerFails() {
        watcher = new ConfigWatcher(
                home.loader(),
                home.installation(),
                change -> {
                    changes.add(change);
                    throw new IllegalStateException("a listener that fails");
                },
                SOON,
                SOON);
        watcher.start();

        home.main("mqtt.max-queue = 2");
        awaitQueue(2);
        home.main("# the caller of reloadNow is not told either\nmqtt.max-queue = 3");
        watcher.reloadNow();
        awaitQueue(3);
        home.main("mqtt.max-queue = 33");
        awaitQueue(33);
    }

    @Test
    void saysNothingAfterItWasClosed() {
        watcher.start();
        watcher.close();

        home.main("mqtt.max-queue = 2");
        try (ConfigWatcher other = watcher(SOON, SOON)) {
            other.start(home.load());
            home.main("mqtt.max-queue = 44");
            awaitQueue(44);
        }

        assertThat(changes).hasSize(1);
    }

    @Test
    void mayBeClosedWithoutHavingStarted() {
        watcher.close();

        assertThat(changes).isEmpty();
    }
}

package io.gatehouse.kernel.swap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.kernel.main.RunningGatehouse;
import io.gatehouse.kernel.packet.ConnAck;
import io.gatehouse.kernel.packet.Connect;
import io.gatehouse.kernel.packet.ConnectProperties;
import io.gatehouse.kernel.packet.PubAck;
import io.gatehouse.kernel.packet.Publish;
import io.gatehouse.kernel.plugin.PluginOutcome;
import io.gatehouse.sdk.mqtt.Message;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.Payload;
import io.gatehouse.sdk.mqtt.Qos;
import io.gatehouse.sdk.mqtt.ReasonCode;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred upgrades and a hundred removals of modules of every kind, in use: then the broker is what it was. */
class NothingLeftBehindTest {
    private static final int CYCLES = 100;

    /** What happens once only, such as filling pools, has happened by then. */
    private static final int WARM_UP = 20;

    private static final long HEAP_BOUND = 700_000;
    private static final int CLASSES_BOUND = 150;

    /**
     * Those of one or two bundles that run, and a few whose last user, such as a pooled thread, has done nothing else since. What keeps
     * one of each upgrade, or of each client that an old version let in and that is still there, keeps twenty and more.
     */
    private static final int LIVING = 5;

    private static final String CONFIGURATION = """
            authentication { chain = [k-auth, k-talk], module-wait = 20s }
            authorization { sources = [k-rules], no-match = deny }
            interceptors { connect = [k-connect], publish = [k-publish], subscribe = [k-subscribe], delivery = [k-delivery] }
            k-publish { words = [a, b] }
            k-ear { one { realm = a }, two { realm = b } }
            """;

    private static final String LIBRARY_CONFIGURATION = """
            authentication { chain = [k-auth], module-wait = 20s }
            authorization { sources = [], no-match = allow }
            k-auth { realm = one }
            """;

    private final String board = "gatehouse.kinds." + UUID.randomUUID();
    private final Queue<WeakReference<Object>> loaders = new ConcurrentLinkedQueue<>();
    private final EveryKind kinds = new EveryKind(board);
    private final Findings findings = new Findings();
    private final List<LoadClient> longLived = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void hangUpTheBoard() {
        System.getProperties().put(board, loaders);
    }

    @AfterEach
    void takeDownTheBoard() throws IOException {
        System.getProperties().remove(board);
        System.getProperties().remove(board + ".spy");
        for (LoadClient client : longLived) {
            client.close();
        }
    }

    /** One step of a cycle. */
    private interface Step {
        void run(int cycle) throws IOException;
    }

    @Test
    void upgradesOfEveryKindLeaveNothing() throws Exception {
        Path one = jar(kinds.modules("1.0.0"));
        Path two = jar(kinds.modules("1.1.0"));
        try (RunningGatehouse gatehouse = started(CONFIGURATION, kinds.modules("1.0.0"), kinds.spy())) {
            cycles(gatehouse, cycle -> done(gatehouse.plugins().upgrade(cycle % 2 == 0 ? two : one)));
        }
    }

    @Test
    void removalsOfEveryKindLeaveNothing() throws Exception {
        Path jar = jar(kinds.modules("1.0.0"));
        try (RunningGatehouse gatehouse = started(CONFIGURATION, kinds.modules("1.0.0"), kinds.spy())) {
            cycles(gatehouse, cycle -> {
                done(gatehouse.plugins().remove("k-auth"));
                done(gatehouse.plugins().install(jar));
            });
        }
    }

    @Test
    void upgradesOfALibraryInUseLeaveNothing() throws Exception {
        Path one = jar(kinds.library("1.0.0"));
        Path two = jar(kinds.library("1.1.0"));
        try (RunningGatehouse gatehouse =
                started(LIBRARY_CONFIGURATION, kinds.library("1.0.0"), kinds.user(one), kinds.spy())) {
            cycles(gatehouse, cycle -> done(gatehouse.plugins().upgrade(cycle % 2 == 0 ? two : one)));
        }
    }

    @Test
    void removalsOfALibraryInUseLeaveNothing() throws Exception {
        Path library = jar(kinds.library("1.0.0"));
        try (RunningGatehouse gatehouse =
                started(LIBRARY_CONFIGURATION, kinds.library("1.0.0"), kinds.user(library), kinds.spy())) {
            cycles(gatehouse, cycle -> {
                done(gatehouse.plugins().remove("acme.library"));
                done(gatehouse.plugins().install(library));
            });
        }
    }

    private RunningGatehouse started(String configuration, PluginJar... plugins) throws Exception {
        return new RunningGatehouse(folder.resolve("home"), configuration, plugins);
    }

    private Path jar(PluginJar plugin) throws IOException {
        return plugin.into(Files.createDirectories(folder.resolve("jars")));
    }

    private void cycles(RunningGatehouse gatehouse, Step step) throws IOException {
        Remains before = look(gatehouse);
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            step.run(cycle);
            use(gatehouse, cycle);
            if (cycle == WARM_UP) {
                before = look(gatehouse);
            }
        }
        await().untilAsserted(() -> assertThat(Remains.alive(loaders))
                .as("class loaders of %s".formatted(loaders.size()))
                .isLessThanOrEqualTo(LIVING));
        Remains start = before;
        await().untilAsserted(() -> compare(start, look(gatehouse)));
        findings.assertNone();
        print(start, look(gatehouse));
    }

    private void print(Remains before, Remains after) {
        System.out.printf(
                "nothing left behind: %d class loaders came, %d are left; from cycle %d to %d the heap went from %.1f to %.1f MB,"
                        + " classes from %d to %d; %s%n",
                loaders.size(),
                Remains.alive(loaders),
                WARM_UP,
                CYCLES,
                before.heapBytes() / 1e6,
                after.heapBytes() / 1e6,
                before.classes(),
                after.classes(),
                after.framework());
    }

    private Remains look(RunningGatehouse gatehouse) throws IOException {
        Supplier<?> spy = (Supplier<?>) System.getProperties().get(board + ".spy");
        return Remains.look(
                gatehouse.data(),
                folder,
                String.valueOf(Objects.requireNonNull(spy).get()));
    }

    private static void compare(Remains before, Remains after) {
        assertThat(after.framework()).isEqualTo(before.framework());
        assertThat(after.files()).isLessThanOrEqualTo(before.files());
        assertThat(after.classes()).isLessThan(before.classes() + CLASSES_BOUND);
        assertThat(after.heapBytes()).isLessThan(before.heapBytes() + HEAP_BOUND);
        after.threads()
                .forEach((name, count) -> assertThat(count)
                        .as("threads " + name)
                        .isLessThanOrEqualTo(before.threads().getOrDefault(name, 0L) + 2));
    }

    /** Has every module decide, some by throwing; some whom early versions let in stay until the end. */
    private void use(RunningGatehouse gatehouse, int cycle) throws IOException {
        try (LoadClient client = new LoadClient(gatehouse.address(), "client", findings)) {
            assertThat(client.connect("")).isEqualTo(ReasonCode.SUCCESS);
            client.subscribe("t/1");
            publish(client, "t/throw");
            client.next(PubAck.class);
        }
        try (LoadClient client = new LoadClient(gatehouse.address(), "thrower", findings)) {
            client.connect("");
        }
        if (cycle < WARM_UP && gatehouse.offers("k-talk")) {
            LoadClient client = new LoadClient(gatehouse.address(), "talker-" + cycle, findings);
            longLived.add(client);
            client.send(talking(client.name()));
            client.next(ConnAck.class);
            client.subscribe("t/1");
            client.listen(packet -> {});
            publish(client, "t/1");
        }
    }

    private static Connect talking(String name) {
        ConnectProperties properties = new ConnectProperties(
                0, 65_535, Integer.MAX_VALUE, 0, false, true, List.of(), "odd", Payload.ofUtf8("hello"));
        return new Connect(MqttVersion.V5, true, 0, name, name, null, null, properties);
    }

    private static void publish(LoadClient client, String topic) throws IOException {
        Message message = Message.of(topic, Payload.ofUtf8("hello")).withQos(Qos.AT_LEAST_ONCE);
        client.send(new Publish(message, false, 7, 0, List.of()));
    }

    private static void done(PluginOutcome outcome) {
        assertThat(outcome).isInstanceOf(PluginOutcome.Done.class);
    }
}

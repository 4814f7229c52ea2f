package io.gatehouse.kernel.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.control.ControlAnswer.Failed;
import io.gatehouse.kernel.control.ControlAnswer.Reason;
import io.gatehouse.kernel.fakes.BoundsReports;
import io.gatehouse.kernel.guard.Bans;
import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.sdk.broker.ModuleInfo;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.users.UserDirectory;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlServerTest {
    @TempDir
    Path data;

    @TempDir
    Path temporary;

    private final FakeBroker broker = new FakeBroker();
    private final FakeUsers users = new FakeUsers();
    private final Guard guard = new Guard(() -> GuardConfig.DEFAULT, Bans.inMemory(), 1);
    private Optional<UserDirectory> directory = Optional.of(users);
    private ControlServer server;
    private ControlClient client;

    @BeforeEach
    void start() throws Exception {
        server = start(Duration.ofSeconds(30));
        client = new ControlClient(data);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsHowTheBrokerIs() throws Exception {
        assertThat(client.call(new ControlRequest.Status()))
                .isInstanceOfSatisfying(ControlAnswer.Status.class, answer -> {
                    BrokerStatus status = answer.status();
                    assertThat(status.version()).isEqualTo("1.2.3");
                    assertThat(status.pid()).isEqualTo(ProcessHandle.current().pid());
                    assertThat(status.startedAt()).isEqualTo("2026-11-21T10:00:00Z");
                    assertThat(status.uptimeSeconds()).isEqualTo(90);
                    assertThat(status.listeners()).containsExactly("tcp.default 127.0.0.1:1883");
                    assertThat(status.statistics()).isEqualTo(broker.statistics());
                    assertThat(status.modulesNotActive())
                            .singleElement()
                            .isEqualTo(ModuleStatus.of(broker.modules().getLast()));
                });
    }

    @Test
    void listsModules() throws Exception {
        assertThat(client.call(new ControlRequest.Plugins()))
                .isEqualTo(new ControlAnswer.Plugins(
                        broker.modules().stream().map(ModuleStatus::of).toList()));
        assertThat(ModuleStatus.of(broker.modules().getFirst()))
                .isEqualTo(new ModuleStatus(
                        "auth-builtin",
                        "io.gatehouse.auth-builtin",
                        "0.1.0",
                        ModuleInfo.State.ACTIVE,
                        7,
                        "2026-11-21T10:00:00Z",
                        List.of("Authenticator"),
                        "up",
                        4,
                        2,
                        1,
                        1_500,
                        5));
    }

    @Test
    void listsClientsSortedAndSaysWhetherThereAreMore() throws Exception {
        assertThat(client.call(new ControlRequest.Clients(2)))
                .isInstanceOfSatisfying(ControlAnswer.Clients.class, answer -> {
                    assertThat(answer.truncated()).isFalse();
                    assertThat(answer.clients())
                            .extracting(ClientStatus::clientId, ClientStatus::username, ClientStatus::peer)
                            .containsExactly(
                                    tuple("lamp", "ada", "127.0.0.1:4711"), tuple("pump", null, "127.0.0.1:4711"));
                });
        assertThat(client.call(new ControlRequest.Clients(1)))
                .isInstanceOfSatisfying(
                        ControlAnswer.Clients.class,
                        answer -> assertThat(answer.truncated()).isTrue());
    }

    @Test
    void refusesALimitOutOfBounds() throws Exception {
        assertThat(client.call(new ControlRequest.Clients(0))).isInstanceOf(Failed.class);
        assertThat(client.call(new ControlRequest.Users("", 1_001))).isInstanceOf(Failed.class);
    }

    @Test
    void kicksAClientAndSaysWhenItIsNotThere() throws Exception {
        assertThat(client.call(new ControlRequest.Kick("lamp"))).isEqualTo(new ControlAnswer.Done());
        assertThat(broker.disconnected).containsExactly("lamp ADMINISTRATIVE_ACTION");
        assertThat(client.call(new ControlRequest.Kick("nobody")))
                .isEqualTo(new Failed(Reason.NOT_FOUND, "no client \"nobody\" is connected"));
    }

    @Test
    void managesUsers() throws Exception {
        assertThat(client.call(new ControlRequest.AddUser("ada", Secret.ofUtf8("pässword\"\n"), true)))
                .isEqualTo(new ControlAnswer.Done());
        assertThat(users.passwords).containsEntry("ada", Secret.ofUtf8("pässword\"\n"));
        assertThat(client.call(new ControlRequest.AddUser("ada", Secret.ofUtf8("other"), false)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.EXISTS));
        assertThat(client.call(new ControlRequest.ChangePassword("ada", Secret.ofUtf8("abcd"))))
                .isEqualTo(new ControlAnswer.Done());
        assertThat(client.call(new ControlRequest.Users("", 10)))
                .isEqualTo(new ControlAnswer.Users(List.of(new UserDirectory.User("ada", false))));
        assertThat(client.call(new ControlRequest.RemoveUser("ada"))).isEqualTo(new ControlAnswer.Done());
        assertThat(client.call(new ControlRequest.RemoveUser("ada")))
                .isEqualTo(new Failed(Reason.NOT_FOUND, "there is no user \"ada\""));
    }

    @Test
    void passesOnWhyAPasswordIsRefused() throws Exception {
        assertThat(client.call(new ControlRequest.AddUser("ada", Secret.ofUtf8("x"), false)))
                .isEqualTo(new Failed(Reason.REFUSED, "the password is too short: it needs 4 characters"));
    }

    @Test
    void saysWhenNoModuleKeepsUsers() throws Exception {
        directory = Optional.empty();
        assertThat(client.call(new ControlRequest.Users("", 10)))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    @Test
    void showsTheMaskedConfiguration() throws Exception {
        assertThat(client.call(new ControlRequest.ShowConfig())).isEqualTo(new ControlAnswer.Config("mqtt {}\n"));
    }

    @Test
    void aCommandThatFailsIsAnAnswerAndTheServerGoesOn() throws Exception {
        assertThat(client.call(new ControlRequest.Kick("poison")))
                .isEqualTo(new Failed(Reason.ERROR, "the broker failed to do this; its log says why"));
        assertThat(client.call(new ControlRequest.Plugins())).isInstanceOf(ControlAnswer.Plugins.class);
    }

    @Test
    void answersWhatItDoesNotUnderstandWithoutRepeatingIt() throws Exception {
        for (String line : List.of(
                "{\"command\":\"users.steal\",\"password\":\"s3cret\"}",
                "{\"command\":\"users.add\",\"userId\":\"a\",\"password\":17,\"superuser\":false,\"x\":\"s3cret\"}",
                "{\"command\":\"users.add\",\"userId\":\"a\",\"password\":[\"s3cret\"],\"superuser\":false}",
                "{\"command\":\"users.add\",\"userId\":\"a\",\"superuser\":false}",
                "{\"command\":\"users.add\",\"userId\":null,\"password\":\"s3cret\",\"superuser\":false}",
                "{\"command\":\"clients\"}",
                "{} s3cret",
                "s3cret",
                "",
                "[".repeat(100))) {
            assertThat(ask(line))
                    .as(line)
                    .contains("\"reason\":\"bad_request\"")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void severalRequestsMayShareAConnection() throws Exception {
        try (SocketChannel channel = open()) {
            LineChannel lines = new LineChannel(channel, 10_000);
            for (int i = 0; i < 3; i++) {
                lines.write("{\"command\":\"status\"}\n".getBytes(StandardCharsets.UTF_8));
                assertThat(lines.read()).isPresent();
            }
        }
    }

    @Test
    void endsAConnectionWhoseRequestIsTooLong() throws Exception {
        try (SocketChannel channel = open()) {
            channel.write(ByteBuffer.wrap(new byte[ControlJson.MAX_REQUEST + 1]));
            LineChannel lines = new LineChannel(channel, 10_000);
            assertThat(lines.read())
                    .hasValueSatisfying(answer -> assertThat(text(answer)).contains("65536"));
            assertThat(lines.read()).isEmpty();
        }
    }

    @Test
    void takesTheLongestRequest() throws Exception {
        String start = "{\"command\":\"kick\",\"clientId\":\"";
        String line = start + "x".repeat(ControlJson.MAX_REQUEST - start.length() - 2) + "\"}";
        assertThat(ask(line)).contains("not_found");
    }

    @Test
    void closesAConnectionThatSaysNothing() throws Exception {
        server.close();
        server = start(Duration.ofMillis(50));
        try (SocketChannel channel = open()) {
            assertThat(new LineChannel(channel, 100).read()).isEmpty();
        }
    }

    @Test
    void servesOnlySoManyConnectionsAtATime() throws Exception {
        List<SocketChannel> open = new ArrayList<>();
        try {
            for (int i = 0; i < ControlServer.MAX_CONNECTIONS; i++) {
                SocketChannel channel = open();
                open.add(channel);
                assertThat(askOn(channel, "{\"command\":\"status\"}")).contains("status");
            }
            SocketChannel oneMore = open();
            open.add(oneMore);
            oneMore.write(
                    ByteBuffer.wrap("{\"command\":\"kick\",\"clientId\":\"late\"}\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(askOn(open.getFirst(), "{\"command\":\"kick\",\"clientId\":\"lamp\"}"))
                    .contains("done");
            assertThat(broker.disconnected).containsExactly("lamp ADMINISTRATIVE_ACTION");
            open.getFirst().close();
            assertThat(new LineChannel(oneMore, 10_000).read()).isPresent();
        } finally {
            for (SocketChannel channel : open) {
                channel.close();
            }
        }
    }

    @Test
    void onlyTheOwnerCanReachTheSocket() throws Exception {
        Path run = data.resolve("run");
        assertThat(Files.getPosixFilePermissions(run)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(run.resolve("gatehouse.sock")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void closesAFolderThatWasOpenToOthers() throws Exception {
        server.close();
        Files.setPosixFilePermissions(data.resolve("run"), PosixFilePermissions.fromString("rwxrwxrwx"));
        server = start(Duration.ofSeconds(30));
        assertThat(Files.getPosixFilePermissions(data.resolve("run")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void replacesTheSocketOfADeadBroker() throws Exception {
        server.close();
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(data.resolve("run/gatehouse.sock")));
        dead.close();
        assertThatThrownBy(() -> client.call(new ControlRequest.Status()))
                .isInstanceOf(ControlClient.BrokerNotRunning.class);
        server = start(Duration.ofSeconds(30));
        assertThat(client.call(new ControlRequest.Status())).isInstanceOf(ControlAnswer.Status.class);
    }

    @Test
    void aClosedServerLeavesNoSocketAndNoConnection() throws Exception {
        try (SocketChannel channel = open()) {
            assertThat(askOn(channel, "{\"command\":\"status\"}")).contains("status");
            server.close();
            assertThat(data.resolve("run")).isEmptyDirectory();
            await().until(() -> new LineChannel(channel, 100).read().isEmpty());
        }
        assertThatThrownBy(() -> client.call(new ControlRequest.Status()))
                .isInstanceOf(ControlClient.BrokerNotRunning.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining("gatehouse run");
    }

    @Test
    void aDeepDataDirectoryHasItsSocketElsewhere() throws Exception {
        Path deep = data.resolve("d".repeat(ControlSocket.MAX_PATH));
        ControlSocket place = new ControlSocket(deep, temporary);
        server.close();
        server = ControlServer.start(place, commands(), Duration.ofSeconds(30));
        Path socket = place.address().getPath();
        assertThat(socket).startsWith(temporary);
        assertThat(Files.getPosixFilePermissions(socket.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(new ControlClient(deep).call(new ControlRequest.Status())).isInstanceOf(ControlAnswer.Status.class);
        server.close();
        assertThat(temporary).isEmptyDirectory();
        assertThat(deep.resolve("run")).isEmptyDirectory();
    }

    @Test
    void doesNotTalkToASocketInAFolderThatOthersCanWrite() throws Exception {
        Path deep = data.resolve("d".repeat(ControlSocket.MAX_PATH));
        ControlSocket place = new ControlSocket(deep, temporary);
        server.close();
        server = ControlServer.start(place, commands(), Duration.ofSeconds(30));
        Path folder = place.address().getPath().getParent();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> new ControlClient(deep).call(new ControlRequest.Status()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not the broker's own folder");
    }

    @Test
    void saysThatNoBrokerRunsWhereThereIsNoDataDirectory() {
        assertThatThrownBy(() -> new ControlClient(data.resolve("absent")).call(new ControlRequest.Status()))
                .isInstanceOf(ControlClient.BrokerNotRunning.class);
    }

    private ControlServer start(Duration idle) throws IOException {
        return ControlServer.start(new ControlSocket(data, temporary), commands(), idle);
    }

    private ControlCommands commands() {
        return new ControlCommands(
                broker,
                () -> directory,
                FakePlugins::new,
                guard,
                () -> "mqtt {}\n",
                () -> List.of("tcp.default 127.0.0.1:1883"),
                "1.2.3",
                () -> BoundsReports.NONE,
                Clock.fixed(FakeBroker.STARTED.plusSeconds(90), ZoneOffset.UTC));
    }

    private SocketChannel open() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(data.resolve("run/gatehouse.sock")));
    }

    private String ask(String line) throws IOException {
        try (SocketChannel channel = open()) {
            return askOn(channel, line);
        }
    }

    private static String askOn(SocketChannel channel, String line) throws IOException {
        LineChannel lines = new LineChannel(channel, 100_000);
        lines.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        return text(lines.read().orElseThrow());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

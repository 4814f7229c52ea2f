package io.gatehouse.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.kernel.config.GuardConfig;
import io.gatehouse.kernel.control.ControlCommands;
import io.gatehouse.kernel.control.ControlServer;
import io.gatehouse.kernel.control.FakeBroker;
import io.gatehouse.kernel.control.FakePlugins;
import io.gatehouse.kernel.control.FakeUsers;
import io.gatehouse.kernel.fakes.BoundsReports;
import io.gatehouse.kernel.guard.Bans;
import io.gatehouse.kernel.guard.Guard;
import io.gatehouse.sdk.mqtt.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands against a broker that runs: fake behind the control socket, all else real. */
class RunningBrokerTest {
    @TempDir
    Path data;

    private final FakeBroker broker = new FakeBroker();
    private final FakeUsers users = new FakeUsers();
    private final Guard guard = new Guard(() -> GuardConfig.DEFAULT, Bans.inMemory(), 1);
    private final TestShell shell = new TestShell();
    private ControlServer server;

    @BeforeEach
    void start() throws Exception {
        server = ControlServer.start(
                data,
                new ControlCommands(
                        broker,
                        () -> Optional.of(users),
                        FakePlugins::new,
                        guard,
                        () -> "mqtt {}\n",
                        () -> List.of("tcp.default 127.0.0.1:1883"),
                        "1.2.3",
                        () -> BoundsReports.NONE));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsStatus() throws Exception {
        assertThat(run("status")).isZero();
        assertThat(shell.out())
                .contains(
                        "Gatehouse 1.2.3",
                        "tcp.default 127.0.0.1:1883",
                        "1 connected",
                        "auth-ldap: no bundle offers it");
        assertThat(run("status", "--output", "json")).isZero();
        JsonNode json = json();
        assertThat(json.get("version").asText()).isEqualTo("1.2.3");
        assertThat(json.get("statistics").get("connections").asLong()).isEqualTo(1);
        assertThat(json.get("modulesNotActive").get(0).get("state").asText()).isEqualTo("absent");
    }

    @Test
    void listsPlugins() throws Exception {
        assertThat(run("plugin", "list")).isZero();
        assertThat(shell.out()).startsWith("NAME").contains("auth-builtin  active", "auth-ldap     absent");
        run("plugin", "list", "-o", "json");
        assertThat(json().get(0).get("roles").get(0).asText()).isEqualTo("Authenticator");
    }

    @Test
    void tellsEverythingAboutOnePlugin() throws Exception {
        assertThat(run("plugin", "info", "auth-builtin")).isZero();
        assertThat(shell.out())
                .contains("Plugin        acme.x", "State         running", "Roll back to  1.0.0", "it needs Java 99")
                .contains("auth-builtin  active")
                .doesNotContain("auth-ldap");
        assertThat(run("plugin", "info", "acme.x", "-o", "json")).isZero();
        assertThat(json().get("plugin").get("signer").asText()).isEqualTo("CN=Acme");
        assertThat(json().get("modules")).hasSize(1);
        assertThat(run("plugin", "info", "acme.y")).isEqualTo(ExitCode.NOT_FOUND.code());
    }

    @Test
    void changesPlugins() throws Exception {
        assertThat(run("plugin", "rollback", "acme.x")).isZero();
        assertThat(shell.out()).isEqualTo("rolled back to acme.x 1.0.0\n");
        assertThat(run("plugin", "rollback", "acme.y")).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(run("plugin", "install", "x.jar")).isEqualTo(ExitCode.EXISTS.code());
        assertThat(run("plugin", "upgrade", "x.jar")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).isEqualTo("gatehouse: not healthy\n");
        for (String change : List.of("enable", "disable", "remove")) {
            assertThat(run("plugin", change, "acme.x", "-o", "json")).isZero();
            assertThat(json().get("sentence").asText()).isEqualTo(change + "d acme.x");
        }
    }

    @Test
    void listsClientsAndSaysWhenThereAreMore() throws Exception {
        assertThat(run("client", "list")).isZero();
        assertThat(shell.out().lines()).hasSize(3);
        assertThat(shell.err()).isEmpty();
        assertThat(run("client", "list", "--limit", "1", "-o", "json")).isZero();
        assertThat(json()).hasSize(1);
        assertThat(shell.err()).contains("--limit");
    }

    @Test
    void kicksAClient() {
        assertThat(run("client", "kick", "lamp")).isZero();
        assertThat(broker.disconnected).containsExactly("lamp ADMINISTRATIVE_ACTION");
        assertThat(run("client", "kick", "nobody")).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(shell.err()).isEqualTo("gatehouse: no client \"nobody\" is connected\n");
    }

    @Test
    void bansAndListsAndLetsBackIn() throws Exception {
        assertThat(run("ban", "add", "client-id", "la\u001Bmp", "--reason", "floods", "--by", "ada"))
                .isZero();
        assertThat(shell.out()).isEqualTo("banned client-id la\\u001Bmp\n");
        assertThat(run("ban", "add", "address", "192.0.2.0/24", "--for", "10m")).isZero();
        assertThat(shell.out()).startsWith("banned address 192.0.2.0/24 until 20");
        assertThat(run("ban", "list")).isZero();
        assertThat(shell.out().lines()).hasSize(3);
        assertThat(shell.out()).contains("la\\u001Bmp", "never", "floods");
        assertThat(run("ban", "list", "-o", "json")).isZero();
        assertThat(json().get(0).get("kind").asText()).isEqualTo("client-id");
        assertThat(json().get(0).get("by").asText()).isEqualTo("ada");
        assertThat(json().get(0).get("until").asText()).isEmpty();
        assertThat(run("ban", "list", "--limit", "1")).isZero();
        assertThat(shell.err()).contains("--limit");
        assertThat(run("status")).isZero();
        assertThat(shell.out()).contains("2 bans");

        assertThat(run("ban", "remove", "address", "192.0.2.0/24")).isZero();
        assertThat(run("ban", "remove", "address", "192.0.2.0/24")).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(shell.err()).isEqualTo("gatehouse: address 192.0.2.0/24 is not banned\n");
    }

    @Test
    void saysWhatIsNoBan() {
        assertThat(run("ban", "add", "address", "localhost")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).contains("is no address such as");
        assertThat(run("ban", "add", "shoe-size", "44")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).contains("client-id, username, address, client-id-re, username-re");
        assertThat(run("ban", "add", "client-id", "lamp", "--for", "soon")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("ban", "add", "client-id")).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void asksTwiceForANewPassword() {
        shell.typing("s3cret", "s3cret");
        assertThat(run("user", "add", "ada")).isZero();
        assertThat(users.passwords).containsEntry("ada", Secret.ofUtf8("s3cret"));
        assertThat(shell.out() + shell.err()).doesNotContain("s3cret");
    }

    @Test
    void addsNobodyWhenThePasswordsDiffer() {
        shell.typing("s3cret", "secret");
        assertThat(run("user", "add", "ada")).isEqualTo(ExitCode.USAGE.code());
        assertThat(users.passwords).isEmpty();
    }

    @Test
    void readsAPasswordFromStandardInput() {
        shell.standardInput("from a file\r\nmore\n");
        assertThat(run("user", "add", "ada", "--password-stdin")).isZero();
        assertThat(users.passwords).containsEntry("ada", Secret.ofUtf8("from a file"));
        shell.standardInput("\n");
        assertThat(run("user", "add", "bob", "--password-stdin")).isEqualTo(ExitCode.USAGE.code());
        shell.standardInput("x".repeat(20_000));
        assertThat(run("user", "add", "bob", "--password-stdin")).isEqualTo(ExitCode.USAGE.code());
        assertThat(users.passwords).doesNotContainKey("bob");
    }

    @Test
    void showsAGeneratedPasswordOnce() throws Exception {
        assertThat(run("user", "add", "ada", "--generate", "-o", "json")).isZero();
        String generated = json().get("password").asText();
        assertThat(generated).hasSize(24);
        assertThat(users.passwords).containsEntry("ada", Secret.ofUtf8(generated));
        assertThat(run("user", "passwd", "ada", "--generate")).isZero();
        assertThat(shell.out()).contains("Password: ").doesNotContain(generated);
    }

    @Test
    void aPasswordIsNeverAnArgument() {
        assertThat(run("user", "add", "ada", "s3cret")).isEqualTo(ExitCode.USAGE.code());
        assertThat(run("user", "add", "ada", "--password", "s3cret")).isEqualTo(ExitCode.USAGE.code());
        assertThat(users.passwords).isEmpty();
    }

    @Test
    void saysWhyAUserIsNotAdded() {
        shell.standardInput("s3cret");
        run("user", "add", "ada", "--password-stdin");
        assertThat(run("user", "add", "ada", "--password-stdin")).isEqualTo(ExitCode.EXISTS.code());
        shell.standardInput("x");
        assertThat(run("user", "add", "bob", "--password-stdin")).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).isEqualTo("gatehouse: the password is too short: it needs 4 characters\n");
    }

    @Test
    void listsAllUsersPageByPage() throws Exception {
        for (int i = 0; i < 2_500; i++) {
            users.passwords.put(String.format("user%04d", i), Secret.ofUtf8("s3cret"));
        }
        assertThat(run("user", "list", "-o", "json")).isZero();
        List<String> names = new ArrayList<>();
        json().forEach(user -> names.add(user.get("userId").asText()));
        assertThat(names).containsExactlyElementsOf(users.passwords.keySet());
    }

    @Test
    void removesAUser() {
        shell.standardInput("s3cret");
        run("user", "add", "ada", "--password-stdin");
        assertThat(run("user", "remove", "ada")).isZero();
        assertThat(run("user", "remove", "ada")).isEqualTo(ExitCode.NOT_FOUND.code());
    }

    @Test
    void showsTheConfigurationOfTheBroker() {
        assertThat(run("config", "show", "--running")).isZero();
        assertThat(shell.out()).isEqualTo("mqtt {}\n");
    }

    private int run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--data", data.toString()));
        return shell.run(line.toArray(String[]::new));
    }

    private JsonNode json() throws Exception {
        return new ObjectMapper().readTree(shell.out());
    }
}

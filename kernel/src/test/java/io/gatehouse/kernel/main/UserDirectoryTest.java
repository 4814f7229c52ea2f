package io.gatehouse.kernel.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.control.ControlAnswer;
import io.gatehouse.kernel.control.ControlAnswer.Failed;
import io.gatehouse.kernel.control.ControlAnswer.Reason;
import io.gatehouse.kernel.control.ControlClient;
import io.gatehouse.kernel.control.ControlClient.BrokerNotRunning;
import io.gatehouse.kernel.control.ControlRequest;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.users.UserDirectory.User;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The users that a module keeps are those that the command line manages, over the broker's own socket. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserDirectoryTest {
    private final Board board = new Board();
    private RunningGatehouse gatehouse;

    @BeforeAll
    void start(@TempDir Path home) throws IOException, StartFailure {
        gatehouse = new RunningGatehouse(
                home, RunningGatehouse.OPEN, board.plugin("acme.users").source("Users", """
                    @Component(name = "users") public class Users implements UserDirectory {
                      final TreeMap<String, String> passwords = new TreeMap<>(Map.of("resident", "r"));
                      public synchronized boolean add(String user, Secret password, boolean superuser) {
                        if (password.length() < 3) { throw new IllegalArgumentException("the password is too short"); }
                        if (user.equals("broken")) { throw new IllegalStateException("for a test"); }
                        return passwords.putIfAbsent(user, password.asUtf8()) == null; }
                      public synchronized boolean changePassword(String user, Secret password) {
                        return passwords.replace(user, password.asUtf8()) != null; }
                      public synchronized boolean remove(String user) { return passwords.remove(user) != null; }
                      public synchronized List<User> list(String after, int limit) {
                        return passwords.tailMap(after, false).keySet().stream().limit(limit)
                          .map(user -> new User(user, false)).toList(); } }
                    """));
    }

    @AfterAll
    void stop() {
        gatehouse.close();
        board.close();
    }

    private ControlAnswer ask(ControlRequest request) throws IOException, BrokerNotRunning {
        return new ControlClient(gatehouse.data()).call(request);
    }

    private ControlAnswer add(String user, String password) throws IOException, BrokerNotRunning {
        return ask(new ControlRequest.AddUser(user, Secret.ofUtf8(password), false));
    }

    private static void assertFailed(ControlAnswer answer, Reason reason) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    @Test
    void managesUsers() throws IOException, BrokerNotRunning {
        assertThat(add("zoe", "secret")).isEqualTo(new ControlAnswer.Done());
        assertFailed(add("zoe", "secret"), Reason.EXISTS);
        assertThat(ask(new ControlRequest.ChangePassword("zoe", Secret.ofUtf8("other"))))
                .isEqualTo(new ControlAnswer.Done());
        assertThat(ask(new ControlRequest.Users("resident", 10)))
                .isInstanceOfSatisfying(
                        ControlAnswer.Users.class,
                        page -> assertThat(page.users()).containsExactly(new User("zoe", false)));
        assertThat(ask(new ControlRequest.RemoveUser("zoe"))).isEqualTo(new ControlAnswer.Done());
        assertFailed(ask(new ControlRequest.RemoveUser("zoe")), Reason.NOT_FOUND);
        assertFailed(ask(new ControlRequest.ChangePassword("zoe", Secret.ofUtf8("other"))), Reason.NOT_FOUND);
    }

    @Test
    void tellsWhatTheModuleRefuses() throws IOException, BrokerNotRunning {
        assertThat(add("tim", "1")).isEqualTo(new Failed(Reason.REFUSED, "the password is too short"));
    }

    @Test
    void saysSoWhenTheModuleFails() throws IOException, BrokerNotRunning {
        assertFailed(add("broken", "secret"), Reason.ERROR);
    }
}

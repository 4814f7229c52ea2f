package io.gatehouse.auth.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.gatehouse.auth.builtin.bootstrap.BootstrapProblem;
import io.gatehouse.auth.builtin.store.StoreKeeper;
import io.gatehouse.auth.builtin.store.UserStoreException;
import io.gatehouse.sdk.auth.AuthResult;
import io.gatehouse.sdk.auth.ConnectRequest;
import io.gatehouse.sdk.authz.PolicyChanges;
import io.gatehouse.sdk.mqtt.Client;
import io.gatehouse.sdk.mqtt.MqttVersion;
import io.gatehouse.sdk.mqtt.ReasonCode;
import io.gatehouse.sdk.mqtt.Secret;
import io.gatehouse.sdk.plugin.PluginHealth.Status;
import io.gatehouse.sdk.users.UserDirectory.User;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

@Timeout(60)
class BuiltinUsersTest {
    private static final Secret PASSWORD = Secret.ofUtf8("password");
    private static final Secret WRONG = Secret.ofUtf8("wrong");
    private static final Map<String, ?> CHEAP = Map.of("argon2MemoryKib", 7_168, "argon2Iterations", 1);

    @TempDir
    Path data;

    private final RecordedChanges changes = new RecordedChanges();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void abstainsWithoutAUserIdOrAPassword() throws Exception {
        try (Users users = start(Map.of())) {
            assertThat(users.login(null, PASSWORD)).isEqualTo(AuthResult.abstain());
            assertThat(users.login("alice", null)).isEqualTo(AuthResult.abstain());
            assertThat(users.login(null, null)).isEqualTo(AuthResult.abstain());
        }
    }

    @Test
    void judgesUsersByTheirPasswords() throws Exception {
        try (Users users = start(Map.of())) {
            users.module.add("alice", PASSWORD, false);

            assertThat(users.login("alice", PASSWORD)).isEqualTo(AuthResult.accept());
            assertThat(users.login("alice", WRONG))
                    .isInstanceOfSatisfying(
                            AuthResult.Reject.class,
                            reject -> assertThat(reject.reason()).isEqualTo(ReasonCode.BAD_USER_NAME_OR_PASSWORD));
            assertThat(users.login("bob", PASSWORD)).isEqualTo(AuthResult.abstain());
        }
    }

    @Test
    void judgesByClientIdentifierWhenConfigured() throws Exception {
        try (Users users = start(Map.of("userIdType", "clientid"))) {
            users.module.add("device-1", PASSWORD, false);

            assertThat(users.login("admin", PASSWORD))
                    .isEqualTo(AuthResult.accept().withUsername("device-1"));
        }
    }

    @Test
    void usersOutliveTheModule() throws Exception {
        try (Users users = start(Map.of())) {
            assertThat(users.module.add("root", PASSWORD, true)).isTrue();
        }
        try (Users users = start(Map.of())) {
            assertThat(users.login("root", PASSWORD))
                    .isEqualTo(AuthResult.accept().withSuperuser(true));
            assertThat(users.module.list("", 10)).containsExactly(new User("root", true));
        }
    }

    @Test
    void addsNobodyTwice() throws Exception {
        try (Users users = start(Map.of())) {
            assertThat(users.module.add("alice", PASSWORD, false)).isTrue();
            assertThat(users.module.add("alice", WRONG, true)).isFalse();
            assertThat(users.login("alice", PASSWORD)).isEqualTo(AuthResult.accept());
        }
    }

    @Test
    void aChangedPasswordReplacesTheOldOneAndEndsConnections() throws Exception {
        try (Users users = start(Map.of())) {
            users.module.add("root", PASSWORD, true);
            assertThat(changes.revoked).isEmpty();

            assertThat(users.module.changePassword("root", Secret.ofUtf8("new")))
                    .isTrue();

            assertThat(users.login("root", PASSWORD)).isInstanceOf(AuthResult.Reject.class);
            assertThat(users.login("root", Secret.ofUtf8("new")))
                    .isEqualTo(AuthResult.accept().withSuperuser(true));
            assertThat(changes.revoked).singleElement().satisfies(revoked -> {
                assertThat(revoked.test(client("root"))).isTrue();
                assertThat(revoked.test(client("alice"))).isFalse();
                assertThat(revoked.test(client(null))).isFalse();
            });
        }
    }

    @Test
    void aRemovedUserIsUnknownAndDisconnected() throws Exception {
        try (Users users = start(Map.of("userIdType", "clientid"))) {
            users.module.add("device-1", PASSWORD, false);

            assertThat(users.module.remove("device-1")).isTrue();

            assertThat(users.login("device-1", PASSWORD)).isEqualTo(AuthResult.abstain());
            assertThat(changes.revoked)
                    .singleElement()
                    .satisfies(revoked ->
                            assertThat(revoked.test(client("somebody"))).isTrue());
        }
    }

    @Test
    void revokesNobodyWhenThereIsNoSuchUser() throws Exception {
        try (Users users = start(Map.of())) {
            assertThat(users.module.remove("nobody")).isFalse();
            assertThat(users.module.changePassword("nobody", PASSWORD)).isFalse();
            assertThat(changes.revoked).isEmpty();
        }
    }

    @Test
    void tellsOperatorsWhatCannotBeAccepted() throws Exception {
        try (Users users = start(Map.of())) {
            assertThatIllegalArgumentException().isThrownBy(() -> users.module.add("", PASSWORD, false));
            assertThatIllegalArgumentException().isThrownBy(() -> users.module.add("a\nb", PASSWORD, false));
            assertThatIllegalArgumentException().isThrownBy(() -> users.module.add("a", Secret.ofUtf8(""), false));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users.module.changePassword("a", Secret.copyOf(new byte[1_025])));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> users.module.list("", 0))
                    .withMessage("A page must have 1 to 1,000 users, but 0 were asked for.");
            assertThatIllegalArgumentException().isThrownBy(() -> users.module.list("", 1_001));
            assertThat(users.module.list("", 1_000)).isEmpty();
        }
    }

    @Test
    void importsTheBootstrapFileAndOverwritesNobody() throws Exception {
        Files.writeString(data.resolve("users.csv"), "user_id,password,is_superuser\nalice,password,false\n");
        try (Users users = start(Map.of("bootstrapFile", "users.csv"))) {
            assertThat(users.login("alice", PASSWORD)).isEqualTo(AuthResult.accept());
        }
        Files.writeString(
                data.resolve("users.csv"), "user_id,password,is_superuser\nalice,wrong,true\nroot,password,true\n");
        try (Users users = start(Map.of("bootstrapFile", "users.csv"))) {
            assertThat(users.login("alice", WRONG)).isInstanceOf(AuthResult.Reject.class);
            assertThat(users.module.list("", 10)).containsExactly(new User("alice", false), new User("root", true));
        }
    }

    @Test
    void importsHashesAndRenewsThemAtTheFirstLogin() throws Exception {
        Files.writeString(data.resolve("users.json"), """
                [{"user_id": "alice", "salt": "salt",
                  "password_hash": "13601bda4ea78e55a07b98866d2be6be0744e3866f13c00c811cab608a28f322"}]
                """);
        try (Users users = start(Map.of("bootstrapFile", "users.json"))) {
            assertThat(users.login("alice", WRONG)).isInstanceOf(AuthResult.Reject.class);
            assertThat(storedText()).contains("$sha256$prefix$").doesNotContain("$argon2id$");
            assertThat(users.login("alice", PASSWORD)).isEqualTo(AuthResult.accept());
            assertThat(storedText()).contains("$argon2id$v=19$m=7168,t=1,p=1$");
        }
    }

    @Test
    void importsMorePasswordsThanThereAreHashingThreads() throws Exception {
        Files.writeString(data.resolve("users.csv"), "user_id,password\na,x\nb,x\nc,x\nd,x\ne,x\n");
        try (Users users = start(Map.of("bootstrapFile", "users.csv", "hashingThreads", 2, "hashingQueue", 1))) {
            assertThat(users.module.list("", 10)).extracting(User::userId).containsExactly("a", "b", "c", "d", "e");
        }
    }

    @Test
    void aBrokenBootstrapFileStopsTheStartAndImportsNobody() throws Exception {
        Path file = Files.writeString(data.resolve("users.csv"), "user_id,password\nalice,password\nbob\n");

        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> start(Map.of("bootstrapFile", "users.csv")))
                .withMessage(file + ":3:1: This line has 1 fields, but the first line names 2 columns.");
        try (Users users = start(Map.of())) {
            assertThat(users.module.list("", 10)).isEmpty();
        }
    }

    @Test
    void aDamagedStoreStopsTheStartAndCanBeRepaired() throws Exception {
        Files.createDirectories(storeFile().getParent());
        Files.writeString(storeFile(), "no store");

        assertThatExceptionOfType(UserStoreException.class)
                .isThrownBy(() -> start(Map.of()))
                .withMessageContaining(storeFile() + " is damaged");
        assertThat(storeFile()).hasContent("no store");
        Files.delete(storeFile());
        try (Users users = start(Map.of())) {
            assertThat(users.module.list("", 1)).isEmpty();
        }
    }

    @Test
    void waitsWhileAnOlderVersionHasTheStore() throws Exception {
        Users old = start(Map.of());
        old.module.add("alice", PASSWORD, false);
        try (Users next = start(Map.of())) {
            assertThat(next.module.health()).isEqualTo(new Status.Up());
            FutureTask<AuthResult> login = next.loginInBackground("alice");
            old.close();

            assertThat(login.get()).isEqualTo(AuthResult.accept());
        }
    }

    @Test
    void refusesLoginsWithServerBusyWhenTheLineIsFullAndSaysSoForAMinute() throws Exception {
        StoreKeeper holder = new StoreKeeper(storeFile(), store -> {}, sentence -> {});
        holder.openIfFree();
        try (Users users = start(Map.of("hashingThreads", 1, "hashingQueue", 1))) {
            FutureTask<AuthResult> running = users.loginInBackground("alice");
            await().until(() -> users.busy() == 1);
            FutureTask<AuthResult> waiting = users.loginInBackground("alice");
            await().until(() -> users.busy() == 2);

            assertThat(users.login("alice", PASSWORD))
                    .isInstanceOfSatisfying(
                            AuthResult.Reject.class,
                            reject -> assertThat(reject.reason()).isEqualTo(ReasonCode.SERVER_BUSY));
            assertThat(users.module.health()).isInstanceOf(Status.Degraded.class);

            holder.close();
            assertThat(running.get()).isEqualTo(AuthResult.abstain());
            assertThat(waiting.get()).isEqualTo(AuthResult.abstain());
            now = now.plus(Duration.ofMinutes(1));
            assertThat(users.module.health()).isEqualTo(new Status.Up());
        } finally {
            holder.close();
        }
    }

    @Test
    void anInterruptedLoginDoesNotHarmTheStore() throws Exception {
        try (Users users = start(Map.of())) {
            users.module.add("alice", PASSWORD, false);
            for (int i = 0; i < 20; i++) {
                FutureTask<AuthResult> login = new FutureTask<>(() -> {
                    Thread.currentThread().interrupt();
                    return users.login("alice", PASSWORD);
                });
                Thread.ofVirtual().start(login);
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(login::get)
                        .withCauseInstanceOf(InterruptedException.class);
            }

            assertThat(users.login("alice", PASSWORD)).isEqualTo(AuthResult.accept());
        }
    }

    @Test
    void manyLoginsAtOnceAreAllAnswered() throws Exception {
        try (Users users = start(Map.of())) {
            users.module.add("alice", PASSWORD, false);
            List<FutureTask<AuthResult>> logins = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                logins.add(users.loginInBackground(i % 2 == 0 ? "alice" : "bob"));
            }
            for (int i = 0; i < 40; i++) {
                assertThat(logins.get(i).get()).isEqualTo(i % 2 == 0 ? AuthResult.accept() : AuthResult.abstain());
            }
        }
    }

    @Test
    void aFailingStoreRefusesAndIsReported() throws Exception {
        StoreKeeper holder = new StoreKeeper(storeFile(), store -> {}, sentence -> {});
        holder.openIfFree();
        try (Users users = start(Map.of())) {
            Path directory = storeFile().getParent();
            holder.close();
            Files.delete(storeFile());
            Files.delete(directory);
            Files.writeString(directory, "a file in the way");

            assertThatExceptionOfType(UserStoreException.class).isThrownBy(() -> users.login("alice", PASSWORD));
            assertThat(users.module.health())
                    .isInstanceOfSatisfying(
                            Status.Degraded.class,
                            degraded -> assertThat(degraded.reason()).contains("cannot be created"));
        }
    }

    @Test
    void aClosedModuleRefuses() throws Exception {
        Users users = start(Map.of());
        users.close();

        assertThatIllegalStateException().isThrownBy(() -> users.login("alice", PASSWORD));
        assertThatIllegalStateException().isThrownBy(() -> users.module.list("", 1));
    }

    @Test
    void findsItsDataThroughTheFrameworkProperty() throws Exception {
        BuiltinUsers module = new BuiltinUsers(context(data.toString()), Configurations.with(CHEAP), changes);
        module.close();

        assertThat(storeFile()).isNotEmptyFile();
    }

    @Test
    void refusesToGuessWhereItsDataIs() {
        assertThatIllegalStateException()
                .isThrownBy(() -> new BuiltinUsers(context(null), Configurations.with(CHEAP), changes))
                .withMessage(
                        "auth-builtin does not know where to keep its users: the framework property gatehouse.data is not"
                                + " set; start it inside Gatehouse.");
    }

    private Users start(Map<String, ?> attributes) throws Exception {
        Map<String, Object> all = new HashMap<>(CHEAP);
        all.putAll(attributes);
        return new Users(new BuiltinUsers(data, Configurations.with(all), changes, () -> now));
    }

    private Path storeFile() {
        return data.resolve("modules").resolve("auth-builtin").resolve("users.mvstore");
    }

    private String storedText() throws IOException {
        return new String(Files.readAllBytes(storeFile()), StandardCharsets.ISO_8859_1);
    }

    private static BundleContext context(@Nullable String dataDirectory) {
        return (BundleContext) Proxy.newProxyInstance(
                BundleContext.class.getClassLoader(),
                new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> "gatehouse.data".equals(arguments[0]) ? dataDirectory : null);
    }

    private static Client client(@Nullable String username) {
        return new Client(
                "device-1",
                username,
                MqttVersion.V5,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000),
                "tcp.default",
                List.of(),
                Map.of(),
                false);
    }

    /** The module as the broker uses it. */
    private record Users(BuiltinUsers module) implements AutoCloseable {
        AuthResult login(@Nullable String username, @Nullable Secret password) throws Exception {
            return module.authenticate(new ConnectRequest(client(username), password, true, 0, null, List.of()));
        }

        FutureTask<AuthResult> loginInBackground(String username) {
            FutureTask<AuthResult> login = new FutureTask<>(() -> login(username, PASSWORD));
            Thread.ofVirtual().start(login);
            return login;
        }

        int busy() {
            return module.logins();
        }

        @Override
        public void close() {
            module.close();
        }
    }

    /** The kernel's end of revocation. */
    private static final class RecordedChanges implements PolicyChanges {
        private final List<Predicate<Client>> revoked = new ArrayList<>();

        @Override
        public void changedForAll() {
            throw new AssertionError("no policy changed");
        }

        @Override
        public void changedFor(Predicate<Client> affected) {
            throw new AssertionError("no policy changed");
        }

        @Override
        public void revoked(Predicate<Client> predicate) {
            revoked.add(predicate);
        }
    }
}

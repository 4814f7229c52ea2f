package io.gatehouse.auth.builtin.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.auth.builtin.hash.PasswordHashes;
import io.gatehouse.auth.builtin.user.UserRecord;
import io.gatehouse.sdk.users.UserDirectory.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserStoreTest {
    private static final UserRecord ALICE = record("5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8");
    private static final UserRecord OTHER = record("13601bda4ea78e55a07b98866d2be6be0744e3866f13c00c811cab608a28f322");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("modules").resolve("auth-builtin").resolve("users.mvstore");
    }

    @Test
    void keepsUsersOverACloseAndReopen() {
        try (UserStore store = UserStore.open(file)) {
            assertThat(store.isEmpty()).isTrue();
            assertThat(store.add("alice", ALICE)).isTrue();
            assertThat(store.add("root", new UserRecord(true, ALICE.password())))
                    .isTrue();
        }
        try (UserStore store = UserStore.open(file)) {
            assertThat(store.isEmpty()).isFalse();
            assertThat(store.find("alice")).map(UserRecord::encoded).contains(ALICE.encoded());
            assertThat(store.list("", 10)).containsExactly(new User("alice", false), new User("root", true));
        }
    }

    @Test
    void everyChangeIsInTheFileWhenTheCallReturns() throws IOException {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);
            assertThat(find(copyOfFile(), "alice")).isEqualTo(ALICE.encoded());

            store.replace("alice", ALICE, OTHER);
            assertThat(find(copyOfFile(), "alice")).isEqualTo(OTHER.encoded());

            store.refresh("alice", OTHER, ALICE);
            assertThat(find(copyOfFile(), "alice")).isEqualTo(ALICE.encoded());

            store.remove("alice");
            assertThat(find(copyOfFile(), "alice")).isEmpty();

            store.addAll(Map.of("bob", ALICE, "carol", ALICE));
            Path copy = copyOfFile();
            assertThat(find(copy, "bob")).isEqualTo(ALICE.encoded());
            assertThat(find(copy, "carol")).isEqualTo(ALICE.encoded());
        }
    }

    @Test
    void survivesALastWriteThatWasTorn() throws IOException {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);
            Path before = copyOfFile();
            store.add("bob", ALICE);
            byte[] written = Files.readAllBytes(file);
            int half = (int) (Files.size(before) + written.length) / 2;
            Path torn = directory.resolve("torn.mvstore");
            Files.write(torn, Arrays.copyOf(written, half));

            assertThat(find(torn, "alice")).isEqualTo(ALICE.encoded());
        }
    }

    @Test
    void addsNobodyTwice() {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);

            assertThat(store.add("alice", OTHER)).isFalse();
            assertThat(store.addAll(Map.of("alice", OTHER, "bob", OTHER))).isEqualTo(1);
            assertThat(store.holds("alice", ALICE)).isTrue();
        }
    }

    @Test
    void replacesOnlyWhatWasRead() {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);

            assertThat(store.replace("alice", OTHER, OTHER)).isFalse();
            assertThat(store.refresh("alice", OTHER, OTHER)).isFalse();
            assertThat(store.replace("nobody", ALICE, OTHER)).isFalse();
            assertThat(store.holds("alice", ALICE)).isTrue();
            assertThat(store.holds("alice", OTHER)).isFalse();
        }
    }

    @Test
    void listsPagesSortedByName() {
        try (UserStore store = UserStore.open(file)) {
            for (String id : List.of("d", "b", "a", "c")) {
                store.add(id, ALICE);
            }

            assertThat(names(store.list("", 2))).containsExactly("a", "b");
            assertThat(names(store.list("b", 2))).containsExactly("c", "d");
            assertThat(names(store.list("bb", 10))).containsExactly("c", "d");
            assertThat(store.list("d", 2)).isEmpty();
        }
    }

    @Test
    void fileAndDirectoryAreForTheBrokerOnly() throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        try (UserStore store = UserStore.open(file)) {
            assertThat(store.isOpen()).isTrue();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void leavesAFileThatIsNoStoreAlone() throws IOException {
        Files.createDirectories(file.getParent());
        byte[] content = "these are not the users\n".repeat(2_000).getBytes(StandardCharsets.UTF_8);
        Files.write(file, content);

        assertThatExceptionOfType(UserStoreException.class)
                .isThrownBy(() -> UserStore.open(file))
                .withMessage(
                        "The user store " + file + " is damaged or no user store; restore it from a backup, or move it"
                                + " away to start without users.");
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test
    void leavesAShortFileThatIsNoStoreAlone() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "short");

        assertThatExceptionOfType(UserStoreException.class)
                .isThrownBy(() -> UserStore.open(file))
                .withMessageContaining("is damaged or no user store");
        assertThat(file).hasContent("short");
    }

    @Test
    void leavesADamagedStoreAlone() throws IOException {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);
        }
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, 0, content.length, (byte) 'x');
        Files.write(file, content);

        assertThatExceptionOfType(UserStoreException.class).isThrownBy(() -> UserStore.open(file));
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test
    void damagedBytesGiveUsersOrOneSentence() throws IOException {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);
            store.add("bob", ALICE);
        }
        byte[] content = Files.readAllBytes(file);
        Path damaged = directory.resolve("damaged.mvstore");
        for (int at = 0; at < content.length; at += 193) {
            byte[] changed = content.clone();
            changed[at] ^= 0x55;
            Files.write(damaged, changed);
            try (UserStore store = UserStore.open(damaged)) {
                store.find("alice");
                store.list("", 10);
            } catch (UserStoreException e) {
                assertThat(e.sentence()).startsWith("The user store " + damaged).endsWith(".");
            }
        }
    }

    @Test
    void refusesAStoreOfANewerVersion() {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);
        }
        try (MVStore raw = MVStore.open(file.toString())) {
            raw.setStoreVersion(2);
        }

        assertThatExceptionOfType(UserStoreException.class)
                .isThrownBy(() -> UserStore.open(file))
                .withMessage("The user store " + file
                        + " has format 2, but this version of auth-builtin knows formats up to 1;"
                        + " install the newer version of auth-builtin again.");
    }

    @Test
    void refusesARecordThatItCannotRead() {
        try (UserStore store = UserStore.open(file)) {
            store.add("alice", ALICE);
        }
        try (MVStore raw = MVStore.open(file.toString())) {
            raw.openMap(
                            "users",
                            new MVMap.Builder<String, String>()
                                    .keyType(StringDataType.INSTANCE)
                                    .valueType(StringDataType.INSTANCE))
                    .put("alice", "nonsense");
        }

        try (UserStore store = UserStore.open(file)) {
            assertThatExceptionOfType(UserStoreException.class)
                    .isThrownBy(() -> store.find("alice"))
                    .withMessageContaining("restore the file from a backup");
        }
    }

    @Test
    void refusesAFileThatAnotherProcessHasOpen() throws IOException, InterruptedException {
        UserStore.open(file).close();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileHolder.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo(FileHolder.HOLDING);

            assertThatExceptionOfType(UserStoreException.class)
                    .isThrownBy(() -> UserStore.open(file))
                    .withMessage(
                            "The user store " + file + " is in use by another process; stop that process or give this"
                                    + " broker its own data directory.");
        } finally {
            other.outputWriter().close();
            if (!other.waitFor(30, TimeUnit.SECONDS)) {
                other.destroyForcibly();
            }
        }
    }

    @Test
    void refusesADirectoryWhereItCannotWrite() throws IOException {
        Files.writeString(directory.resolve("modules"), "a file in the way");

        assertThatExceptionOfType(UserStoreException.class)
                .isThrownBy(() -> UserStore.open(file))
                .withMessageStartingWith("The user store " + file + " cannot be created (")
                .withMessageEndingWith("); give the broker's account the right to write there.");
    }

    private Path copyOfFile() throws IOException {
        Path copy = Files.createTempFile(directory, "copy", ".mvstore");
        Files.write(copy, Files.readAllBytes(file));
        return copy;
    }

    private static String find(Path copy, String userId) {
        try (UserStore store = UserStore.open(copy)) {
            return store.find(userId).map(UserRecord::encoded).orElse("");
        }
    }

    private static List<String> names(List<User> users) {
        return new ArrayList<>(users.stream().map(User::userId).toList());
    }

    private static UserRecord record(String sha256) {
        return new UserRecord(false, PasswordHashes.decode("$sha256$prefix$c2FsdA$" + sha256));
    }
}

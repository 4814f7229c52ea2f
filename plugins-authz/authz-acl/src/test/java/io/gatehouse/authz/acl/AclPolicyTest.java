package io.gatehouse.authz.acl;

import static io.gatehouse.authz.acl.TestClient.alice;
import static io.gatehouse.authz.acl.TestClient.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.sdk.authz.Decision;
import io.gatehouse.sdk.plugin.PluginHealth.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AclPolicyTest {
    private static final String ALLOW = "{allow, all}.\n";
    private static final String DENY = "{deny , all}.\n";

    private final CountedChanges changes = new CountedChanges();
    private final CapturedLog log = new CapturedLog();

    @TempDir
    Path folder = Path.of("");

    private Path file = folder;

    @BeforeEach
    void file() {
        file = folder.resolve("acl.conf");
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void goodEditIsInForceAtOnceAndAnnounced() throws Exception {
        AclPolicy policy = policy(ALLOW);

        write(DENY);
        assertThat(policy.needsCheck()).isTrue();
        policy.checkNow();

        assertThat(decision(policy)).isEqualTo(Decision.DENY);
        assertThat(changes.forAll()).isOne();
        assertThat(policy.status()).isEqualTo(new Status.Up());
        assertThat(policy.needsCheck()).isFalse();
    }

    @Test
    void editOfTheSameSizeAndTimeIsSeen() throws Exception {
        AclPolicy policy = policy(ALLOW);
        FileTime before = Files.getLastModifiedTime(file);

        assertThat(DENY).hasSameSizeAs(ALLOW);
        write(DENY);
        Files.setLastModifiedTime(file, before);
        policy.checkNow();

        assertThat(decision(policy)).isEqualTo(Decision.DENY);
    }

    @Test
    void unchangedFileIsNotAnnounced() throws Exception {
        AclPolicy policy = policy(ALLOW);
        write(ALLOW);

        assertThat(policy.needsCheck()).isFalse();
        policy.checkNow();

        assertThat(changes.forAll()).isZero();
    }

    @Test
    void brokenEditChangesNothingAndIsToldOnce() throws Exception {
        AclPolicy policy = policy(ALLOW);

        write("{deny, all}.\n{alow, all}.\n{x}.\n");
        policy.checkNow();
        policy.checkNow();

        assertThat(decision(policy)).isEqualTo(Decision.ALLOW);
        assertThat(changes.forAll()).isZero();
        assertThat(policy.status())
                .isEqualTo(new Status.Degraded(file
                        + ":2:2: `alow` is not a permission: write `allow` or `deny` (did you mean `allow`?) (and 1 more);"
                        + " the rules read before stay in force until this is mended"));
        assertThat(log.errors())
                .singleElement()
                .asString()
                .contains(file + ":2:2: `alow` is not a permission", file + ":3:1: a rule has four parts");
        assertThat(policy.needsCheck()).isFalse();
    }

    @Test
    void mendedFileIsUpAgain() throws Exception {
        AclPolicy policy = policy(ALLOW);
        write("{");
        policy.checkNow();

        write(DENY);
        policy.checkNow();

        assertThat(policy.status()).isEqualTo(new Status.Up());
        assertThat(decision(policy)).isEqualTo(Decision.DENY);
        assertThat(changes.forAll()).isOne();
    }

    @Test
    void fileThatIsAsBeforeAgainIsUpWithoutAnnouncement() throws Exception {
        AclPolicy policy = policy(ALLOW);
        write("{");
        policy.checkNow();

        write(ALLOW);
        policy.checkNow();

        assertThat(policy.status()).isEqualTo(new Status.Up());
        assertThat(decision(policy)).isEqualTo(Decision.ALLOW);
        assertThat(changes.forAll()).isZero();
    }

    @Test
    void sameMistakeAfterAMendIsToldAgain() throws Exception {
        AclPolicy policy = policy(ALLOW);
        for (String content : new String[] {"{", ALLOW, "{"}) {
            write(content);
            policy.checkNow();
        }
        assertThat(log.errors()).hasSize(2);
    }

    @Test
    void fileReplacedByRenameIsSeen() throws Exception {
        AclPolicy policy = policy(ALLOW);
        Path fresh = Files.writeString(folder.resolve("acl.conf.new"), DENY);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        policy.checkNow();

        assertThat(decision(policy)).isEqualTo(Decision.DENY);
    }

    @Test
    void removedFileChangesNothingUntilItIsBack() throws Exception {
        AclPolicy policy = policy(ALLOW);
        Files.delete(file);

        assertThat(policy.needsCheck()).isTrue();
        policy.checkNow();
        policy.checkNow();
        assertThat(decision(policy)).isEqualTo(Decision.ALLOW);
        assertThat(policy.status())
                .isInstanceOfSatisfying(
                        Status.Degraded.class,
                        status -> assertThat(status.reason()).startsWith(file + ": the file does not exist"));
        assertThat(log.errors()).hasSize(1);
        assertThat(policy.needsCheck()).isFalse();

        write(ALLOW);
        assertThat(policy.needsCheck()).isTrue();
        policy.checkNow();
        assertThat(policy.status()).isEqualTo(new Status.Up());
    }

    @Test
    void emptiedFileChangesNothing() throws Exception {
        AclPolicy policy = policy(ALLOW);
        write("");
        policy.checkNow();
        assertThat(decision(policy)).isEqualTo(Decision.ALLOW);
        assertThat(policy.status()).isInstanceOf(Status.Degraded.class);
    }

    @Test
    void failedAnnouncementIsRepeated() throws Exception {
        AclPolicy policy = policy(ALLOW);
        write(DENY);
        changes.failing(true);
        assertThatThrownBy(policy::checkNow).hasMessage("told to fail");
        assertThat(decision(policy)).isEqualTo(Decision.DENY);

        changes.failing(false);
        assertThat(policy.needsCheck()).isTrue();
        policy.checkNow();
        assertThat(changes.forAll()).isOne();
        assertThat(policy.needsCheck()).isFalse();
    }

    @Test
    void otherFileIsFollowedWhenItIsGood() throws Exception {
        AclPolicy policy = policy(ALLOW);
        Path other = Files.writeString(folder.resolve("other.conf"), DENY);

        policy.follow(new AclFile(other));

        assertThat(decision(policy)).isEqualTo(Decision.DENY);
        assertThat(changes.forAll()).isOne();
    }

    @Test
    void otherFileThatIsUnusableLeavesTheRulesInForce() throws Exception {
        AclPolicy policy = policy(ALLOW);
        Path other = folder.resolve("other.conf");

        policy.follow(new AclFile(other));

        assertThat(decision(policy)).isEqualTo(Decision.ALLOW);
        assertThat(policy.status()).isInstanceOf(Status.Degraded.class);

        Files.writeString(other, DENY);
        policy.checkNow();
        assertThat(decision(policy)).isEqualTo(Decision.DENY);
    }

    @Test
    void refusesAFileThatDoesNotExist() {
        assertThatThrownBy(() -> new AclPolicy(new AclFile(file), changes))
                .isInstanceOf(AclFileException.class)
                .hasMessage(file + ": the file does not exist: create it (one line, {deny, all}. denies everything)"
                        + " or set authz-acl.file to where it is");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> new AclPolicy(new AclFile(folder), changes))
                .hasMessage(folder + ": this is not a regular file: set authz-acl.file to the file of the rules");
    }

    @Test
    void refusesBrokenRulesWithEveryPlace() {
        assertThatThrownBy(() -> policy("{alow, all}.\n{deny, al}.\n"))
                .isInstanceOf(AclFileException.class)
                .message()
                .satisfies(message -> assertThat(message.lines()).hasSize(2))
                .startsWith(file + ":1:2: `alow` is not a permission")
                .contains("\n" + file + ":2:8: a rule of two parts");
    }

    @Test
    void saysThatReadingEndedWhenThereAreTooManyMistakes() {
        assertThatThrownBy(() -> policy("{alow, all}.\n".repeat(60)))
                .message()
                .endsWith(file + ": reading ended after so many problems");
    }

    @Test
    void refusesTextThatIsNotUtf8() throws IOException {
        Files.write(file, "{deny, all}.\n% ä caf\u00E9".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> new AclPolicy(new AclFile(file), changes))
                .hasMessage(file + ":2:3: this is not UTF-8 text: save the file with that encoding");
        Files.write(file, new byte[] {'{', 'a', '}', '.', (byte) 0xE2, (byte) 0x82});
        assertThatThrownBy(() -> new AclPolicy(new AclFile(file), changes))
                .hasMessage(file + ":1:5: this is not UTF-8 text: save the file with that encoding");
    }

    @Test
    void readsOverAByteOrderMark() throws Exception {
        assertThat(decision(policy("\uFEFF" + DENY))).isEqualTo(Decision.DENY);
    }

    @Test
    void refusesATooLargeFile() {
        assertThatThrownBy(() -> policy("%".repeat(AclFile.MAX_BYTES + 1)))
                .hasMessage(file + ": the file is too large: at most 4 MiB of rules are read");
    }

    @Test
    void takesTheLargestFile() throws Exception {
        assertThat(decision(policy("{deny, all}." + "%".repeat(AclFile.MAX_BYTES - 12))))
                .isEqualTo(Decision.DENY);
    }

    private AclPolicy policy(String content) throws Exception {
        write(content);
        return new AclPolicy(new AclFile(file), changes);
    }

    private void write(String content) throws IOException {
        Files.writeString(file, content);
    }

    private static Decision decision(AclPolicy policy) {
        return policy.rules().decide(alice().client(), publish("a"));
    }
}

package io.gatehouse.auth.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gatehouse.auth.builtin.hash.Argon2idHash;
import io.gatehouse.auth.builtin.hash.Argon2idParameters;
import io.gatehouse.auth.builtin.hash.PasswordHash;
import io.gatehouse.auth.builtin.hash.PasswordHashes;
import io.gatehouse.auth.builtin.store.StoreKeeper;
import io.gatehouse.auth.builtin.user.UserRecord;
import io.gatehouse.sdk.auth.AuthResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final Argon2idParameters STRONG = new Argon2idParameters(128, 2, 1);
    private static final Argon2idParameters WEAK = new Argon2idParameters(64, 2, 1);
    private static final String SHA256_OF_PASSWORD =
            "$sha256$prefix$c2FsdA$13601bda4ea78e55a07b98866d2be6be0744e3866f13c00c811cab608a28f322";
    private static final AuthResult WRONG = AuthResult.reject("The password is not that of the user.");

    @TempDir
    Path directory;

    private StoreKeeper stores;
    private WatchedHashing hashing;

    @BeforeEach
    void openStore() {
        stores = new StoreKeeper(directory.resolve("users").resolve("users.mvstore"), store -> {}, sentence -> {});
        hashing = new WatchedHashing();
    }

    @AfterEach
    void closeStore() {
        stores.close();
    }

    @Test
    void acceptsTheRightPassword() throws Exception {
        user("alice", false, argon2id(STRONG));

        assertThat(login().judge("alice", bytes("password"))).isEqualTo(AuthResult.accept());
    }

    @Test
    void rejectsAWrongPassword() throws Exception {
        user("alice", false, argon2id(STRONG));

        assertThat(login().judge("alice", bytes("Password"))).isEqualTo(WRONG);
    }

    @Test
    void makesASuperuser() throws Exception {
        user("root", true, argon2id(STRONG));

        assertThat(login().judge("root", bytes("password")))
                .isEqualTo(AuthResult.accept().withSuperuser(true));
    }

    @Test
    void theClientIdentifierBecomesTheNameWhenThePasswordBelongsToIt() throws Exception {
        user("device-1", false, argon2id(STRONG));
        Login login = new Login(stores, hashing, UserIdType.CLIENTID, true);

        assertThat(login.judge("device-1", bytes("password")))
                .isEqualTo(AuthResult.accept().withUsername("device-1"));
    }

    @Test
    void anUnknownUserCostsAHashAndIsLeftToTheNext() throws Exception {
        user("alice", false, argon2id(STRONG));

        assertThat(login().judge("mallory", bytes("password"))).isEqualTo(AuthResult.abstain());
        assertThat(hashing.pretended).isEqualTo(1);
    }

    @Test
    void anUnknownUserCostsNothingWhenNamesAreNotHidden() throws Exception {
        user("alice", false, argon2id(STRONG));
        Login login = new Login(stores, hashing, UserIdType.USERNAME, false);

        assertThat(login.judge("mallory", bytes("password"))).isEqualTo(AuthResult.abstain());
        assertThat(login.judge("alice", new byte[0])).isEqualTo(WRONG);
        assertThat(hashing.pretended).isZero();
    }

    @Test
    void anUnknownUserCostsNothingWhenThereAreNoUsers() throws Exception {
        assertThat(login().judge("mallory", bytes("password"))).isEqualTo(AuthResult.abstain());
        assertThat(hashing.pretended).isZero();
    }

    @Test
    void aWrongPasswordCostsOneArgon2idHashHoweverThePasswordIsKept() throws Exception {
        user("old", false, PasswordHashes.decode(SHA256_OF_PASSWORD));
        user("new", false, argon2id(STRONG));

        assertThat(login().judge("old", bytes("wrong"))).isEqualTo(WRONG);
        assertThat(hashing.pretended).isEqualTo(1);
        assertThat(login().judge("new", bytes("wrong"))).isEqualTo(WRONG);
        assertThat(hashing.pretended).isEqualTo(1);
    }

    @Test
    void aPasswordThatCannotBeRightCostsAHashTooAndIsNeverVerified() throws Exception {
        user("alice", false, argon2id(STRONG));

        assertThat(login().judge("alice", new byte[0])).isEqualTo(WRONG);
        assertThat(login().judge("alice", new byte[1_025])).isEqualTo(WRONG);
        assertThat(login().judge("mallory", new byte[1_025])).isEqualTo(AuthResult.abstain());
        assertThat(hashing.pretended).isEqualTo(3);
    }

    @Test
    void anEmptyPasswordIsNeverRightEvenWhereItsHashIsKept() throws Exception {
        user("alice", false, PasswordHashes.decode("$md5$disable$$d41d8cd98f00b204e9800998ecf8427e"));

        assertThat(login().judge("alice", new byte[0])).isEqualTo(WRONG);
    }

    @Test
    void renewsAnOlderHashWhenItsUserLogsIn() throws Exception {
        user("alice", true, PasswordHashes.decode(SHA256_OF_PASSWORD));

        assertThat(login().judge("alice", bytes("password")))
                .isEqualTo(AuthResult.accept().withSuperuser(true));

        UserRecord renewed = record("alice");
        assertThat(renewed.superuser()).isTrue();
        assertThat(renewed.password())
                .isInstanceOfSatisfying(
                        Argon2idHash.class,
                        hash -> assertThat(hash.parameters()).isEqualTo(STRONG));
        assertThat(login().judge("alice", bytes("password")))
                .isEqualTo(AuthResult.accept().withSuperuser(true));
    }

    @Test
    void renewsAHashWithWeakerParameters() throws Exception {
        user("alice", false, argon2id(WEAK));

        login().judge("alice", bytes("password"));

        assertThat(record("alice").password())
                .isInstanceOfSatisfying(
                        Argon2idHash.class,
                        hash -> assertThat(hash.parameters()).isEqualTo(STRONG));
    }

    @Test
    void doesNotRenewAHashAfterAWrongPassword() throws Exception {
        user("alice", false, PasswordHashes.decode(SHA256_OF_PASSWORD));

        login().judge("alice", bytes("wrong"));

        assertThat(record("alice").password().encoded()).isEqualTo(SHA256_OF_PASSWORD);
    }

    @Test
    void aUserRemovedWhileThePasswordIsVerifiedIsNotLetIn() throws Exception {
        user("alice", false, argon2id(STRONG));
        hashing.meanwhile = () -> stores.use(store -> store.remove("alice"));

        assertThat(login().judge("alice", bytes("password"))).isEqualTo(AuthResult.abstain());
    }

    @Test
    void aPasswordChangedWhileTheOldOneIsVerifiedIsNotLetIn() throws Exception {
        UserRecord before = user("alice", false, argon2id(STRONG));
        UserRecord after = new UserRecord(false, Argon2idHash.of(bytes("changed"), STRONG, new SecureRandom()));
        hashing.meanwhile = () -> stores.use(store -> store.replace("alice", before, after));

        assertThat(login().judge("alice", bytes("password"))).isEqualTo(WRONG);
    }

    @Test
    void aPasswordChangedWhileAnOlderHashIsRenewedWins() throws Exception {
        UserRecord before = user("alice", false, PasswordHashes.decode(SHA256_OF_PASSWORD));
        UserRecord after = new UserRecord(false, Argon2idHash.of(bytes("changed"), STRONG, new SecureRandom()));
        hashing.meanwhile = () -> stores.use(store -> store.replace("alice", before, after));

        assertThat(login().judge("alice", bytes("password"))).isEqualTo(WRONG);
        assertThat(record("alice").encoded()).isEqualTo(after.encoded());
    }

    @Test
    void givesUpOnAUserThatChangesAllTheTime() throws Exception {
        user("alice", false, argon2id(STRONG));
        hashing.always = true;
        hashing.meanwhile = () -> {
            UserRecord now = record("alice");
            UserRecord next = new UserRecord(false, argon2id(STRONG));
            return stores.use(store -> store.replace("alice", now, next));
        };

        assertThatIllegalStateException().isThrownBy(() -> login().judge("alice", bytes("password")));
    }

    private Login login() {
        return new Login(stores, hashing, UserIdType.USERNAME, true);
    }

    private UserRecord user(String userId, boolean superuser, PasswordHash password) throws InterruptedException {
        UserRecord record = new UserRecord(superuser, password);
        stores.use(store -> store.add(userId, record));
        return record;
    }

    private UserRecord record(String userId) throws InterruptedException {
        return stores.use(store -> store.find(userId)).orElseThrow();
    }

    private static Argon2idHash argon2id(Argon2idParameters parameters) {
        return Argon2idHash.of(bytes("password"), parameters, new SecureRandom());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Counts the hashes that only cost time, and lets something happen between verification and answer. */
    private static final class WatchedHashing extends Hashing {
        private int pretended;
        private boolean always;
        private Meanwhile meanwhile = () -> true;
        private boolean happened;

        WatchedHashing() {
            super(STRONG, new SecureRandom());
        }

        @Override
        void pretend(byte[] password) {
            pretended++;
            super.pretend(password);
        }

        @Override
        boolean isOutdated(PasswordHash kept) {
            if (!happened || always) {
                happened = true;
                try {
                    meanwhile.happens();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.isOutdated(kept);
        }
    }

    /** What somebody else does. */
    @FunctionalInterface
    private interface Meanwhile {
        boolean happens() throws InterruptedException;
    }
}

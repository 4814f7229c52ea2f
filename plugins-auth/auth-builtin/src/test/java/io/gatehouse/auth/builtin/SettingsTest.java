package io.gatehouse.auth.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gatehouse.auth.builtin.hash.Argon2idParameters;
import io.gatehouse.auth.builtin.hash.Digest;
import io.gatehouse.auth.builtin.hash.ImportedHashes;
import io.gatehouse.auth.builtin.hash.SaltPosition;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Path DATA = Path.of("/var/lib/gatehouse");

    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(settings(Map.of()))
                .isEqualTo(new Settings(
                        UserIdType.USERNAME,
                        true,
                        new Argon2idParameters(19_456, 2, 1),
                        Math.min(64, Runtime.getRuntime().availableProcessors()),
                        1_000,
                        Optional.empty(),
                        new ImportedHashes(
                                ImportedHashes.Algorithm.SHA256, SaltPosition.PREFIX, Digest.SHA256, 4_096)));
    }

    @Test
    void takesEveryAttributeOver() {
        assertThat(settings(Map.ofEntries(
                        Map.entry("userIdType", "clientid"),
                        Map.entry("hideUnknownUsers", false),
                        Map.entry("argon2MemoryKib", 65_536),
                        Map.entry("argon2Iterations", 3),
                        Map.entry("argon2Parallelism", 4),
                        Map.entry("hashingThreads", 5),
                        Map.entry("hashingQueue", 6),
                        Map.entry("bootstrapFile", "/etc/users.csv"),
                        Map.entry("passwordHashAlgorithm", "pbkdf2"),
                        Map.entry("saltPosition", "suffix"),
                        Map.entry("pbkdf2Prf", "sha512"),
                        Map.entry("pbkdf2Iterations", 7))))
                .isEqualTo(new Settings(
                        UserIdType.CLIENTID,
                        false,
                        new Argon2idParameters(65_536, 3, 4),
                        5,
                        6,
                        Optional.of(Path.of("/etc/users.csv")),
                        new ImportedHashes(ImportedHashes.Algorithm.PBKDF2, SaltPosition.SUFFIX, Digest.SHA512, 7)));
    }

    @Test
    void relativeBootstrapFilesAreInTheDataDirectory() {
        assertThat(settings(Map.of("bootstrapFile", "users.csv")).bootstrapFile())
                .contains(DATA.resolve("users.csv"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "argon2MemoryKib | 7167 | auth-builtin.argon2-memory-kib must be 7168 to 262144, but is 7167.",
                "argon2MemoryKib | 262145 | auth-builtin.argon2-memory-kib must be 7168 to 262144, but is 262145.",
                "argon2Iterations | 0 | auth-builtin.argon2-iterations must be 1 to 16, but is 0.",
                "argon2Iterations | 17 | auth-builtin.argon2-iterations must be 1 to 16, but is 17.",
                "argon2Parallelism | 0 | auth-builtin.argon2-parallelism must be 1 to 16, but is 0.",
                "argon2Parallelism | 17 | auth-builtin.argon2-parallelism must be 1 to 16, but is 17.",
                "hashingThreads | -1 | auth-builtin.hashing-threads must be 0 to 64, but is -1.",
                "hashingThreads | 65 | auth-builtin.hashing-threads must be 0 to 64, but is 65.",
                "hashingQueue | 0 | auth-builtin.hashing-queue must be 1 to 100000, but is 0.",
                "hashingQueue | 100001 | auth-builtin.hashing-queue must be 1 to 100000, but is 100001.",
                "pbkdf2Iterations | 0 | auth-builtin.pbkdf2-iterations must be 1 to 2000000, but is 0.",
                "pbkdf2Iterations | 2000001 | auth-builtin.pbkdf2-iterations must be 1 to 2000000, but is 2000001."
            })
    void refusesNumbersOutOfBounds(String attribute, int value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(attribute, value)))
                .withMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "userIdType | user | auth-builtin.user-id-type must be one of username, clientid, but is \"user\".",
                "saltPosition | middle | auth-builtin.salt-position must be one of prefix, suffix, disable, but is \"middle\".",
                "pbkdf2Prf | md5 | auth-builtin.pbkdf2-prf must be one of sha1, sha256, sha512, but is \"md5\".",
                "passwordHashAlgorithm | SHA256 | auth-builtin.password-hash-algorithm must be one of plain, md5, sha1, sha256, sha512, bcrypt, pbkdf2, argon2id, but is \"SHA256\"."
            })
    void refusesUnknownWords(String attribute, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Map.of(attribute, value)))
                .withMessage(message);
    }

    private static Settings settings(Map<String, ?> attributes) {
        return Settings.of(Configurations.with(attributes), DATA);
    }
}

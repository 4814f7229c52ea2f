package io.gatehouse.auth.builtin;

import io.gatehouse.auth.builtin.hash.Argon2idParameters;
import io.gatehouse.auth.builtin.hash.Digest;
import io.gatehouse.auth.builtin.hash.ImportedHashes;
import io.gatehouse.auth.builtin.hash.SaltPosition;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration as checked values.
 *
 * @param userIdType what identifies a user
 * @param hideUnknownUsers true when an unknown user shall cost as much as a wrong password
 * @param argon2id what a new hash costs
 * @param hashingThreads how many hashes are computed at the same time, 1 to 64
 * @param hashingQueue how many logins may wait for that, 1 to 100,000
 * @param bootstrapFile the users to import
 * @param importedHashes how hashes in that file are to be read
 */
record Settings(
        UserIdType userIdType,
        boolean hideUnknownUsers,
        Argon2idParameters argon2id,
        int hashingThreads,
        int hashingQueue,
        Optional<Path> bootstrapFile,
        ImportedHashes importedHashes) {

    private static final Set<Digest> PBKDF2_FUNCTIONS = EnumSet.of(Digest.SHA1, Digest.SHA256, Digest.SHA512);

    /**
     * Checks a configuration once more: the kernel's checker knows the same bounds, but not everything comes through it.
     *
     * @param data where relative paths start
     * @throws IllegalArgumentException with a sentence for the operator
     */
    static Settings of(BuiltinConfiguration configuration, Path data) {
        int threads = within("hashing-threads", configuration.hashingThreads(), 0, 64);
        String bootstrapFile = configuration.bootstrapFile();
        return new Settings(
                oneOf("user-id-type", configuration.userIdType(), EnumSet.allOf(UserIdType.class)),
                configuration.hideUnknownUsers(),
                new Argon2idParameters(
                        within("argon2-memory-kib", configuration.argon2MemoryKib(), 7_168, 262_144),
                        within("argon2-iterations", configuration.argon2Iterations(), 1, 16),
                        within("argon2-parallelism", configuration.argon2Parallelism(), 1, 16)),
                threads == 0 ? Math.min(64, Runtime.getRuntime().availableProcessors()) : threads,
                within("hashing-queue", configuration.hashingQueue(), 1, 100_000),
                bootstrapFile.isBlank() ? Optional.empty() : Optional.of(data.resolve(bootstrapFile.strip())),
                new ImportedHashes(
                        oneOf(
                                "password-hash-algorithm",
                                configuration.passwordHashAlgorithm(),
                                EnumSet.allOf(ImportedHashes.Algorithm.class)),
                        oneOf("salt-position", configuration.saltPosition(), EnumSet.allOf(SaltPosition.class)),
                        oneOf("pbkdf2-prf", configuration.pbkdf2Prf(), PBKDF2_FUNCTIONS),
                        within("pbkdf2-iterations", configuration.pbkdf2Iterations(), 1, 2_000_000)));
    }

    private static int within(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "auth-builtin." + key + " must be " + min + " to " + max + ", but is " + value + ".");
        }
        return value;
    }

    private static <E extends Enum<E>> E oneOf(String key, String word, Set<E> permitted) {
        return permitted.stream()
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("auth-builtin." + key + " must be one of "
                        + String.join(
                                ", ",
                                permitted.stream()
                                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                                        .toList())
                        + ", but is \"" + word + "\"."));
    }
}

package io.gatehouse.auth.builtin;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What an operator may say to {@code auth-builtin}; bnd makes the schema of the configuration from it. */
@ObjectClassDefinition(
        name = "Built-in users",
        description = "Users with hashed passwords in an embedded store. Manage them with: gatehouse user.")
@interface BuiltinConfiguration {
    @AttributeDefinition(
            name = "User id type",
            description =
                    "What identifies a user: the user name or the client identifier of CONNECT. With clientid, the client"
                            + " identifier also becomes the user name of a client let in.",
            options = {
                @Option(label = "user name", value = "username"),
                @Option(label = "client id", value = "clientid")
            })
    String userIdType() default "username";

    @AttributeDefinition(
            name = "Hide unknown users",
            description =
                    "true: an unknown user costs as much time as a wrong password, so that nobody can find out names by"
                            + " the clock. false: unknown users are passed on at once, which is cheaper where most users are known to"
                            + " a later module of the chain.")
    boolean hideUnknownUsers() default true;

    @AttributeDefinition(
            name = "Argon2id memory",
            description =
                    "KiB of memory that hashing one password takes, 7,168 to 262,144. Higher is safer and slower. Hashes"
                            + " with less are renewed when their user logs in.",
            min = "7168",
            max = "262144")
    int argon2MemoryKib() default 19_456;

    @AttributeDefinition(
            name = "Argon2id iterations",
            description =
                    "Passes over that memory, 1 to 16. Higher is safer and slower. Hashes with fewer are renewed when"
                            + " their user logs in.",
            min = "1",
            max = "16")
    int argon2Iterations() default 2;

    @AttributeDefinition(
            name = "Argon2id parallelism",
            description =
                    "Lanes of Argon2id, 1 to 16. They are computed one after the other; change it only to agree with"
                            + " another system.",
            min = "1",
            max = "16")
    int argon2Parallelism() default 1;

    @AttributeDefinition(
            name = "Hashing threads",
            description =
                    "How many passwords are hashed at the same time, 0 to 64; 0 means one per processor. Each takes the"
                            + " memory given above.",
            min = "0",
            max = "64")
    int hashingThreads() default 0;

    @AttributeDefinition(
            name = "Hashing queue",
            description =
                    "How many logins may wait for a hashing thread, 1 to 100,000. Further ones are refused with \"server"
                            + " busy\".",
            min = "1",
            max = "100000")
    int hashingQueue() default 1_000;

    @AttributeDefinition(
            name = "Bootstrap file",
            description =
                    "A file of users (.csv or .json) that is imported at start; users that exist already are left as they"
                            + " are. A relative path starts at the data directory. Empty: none.")
    String bootstrapFile() default "";

    @AttributeDefinition(
            name = "Password hash algorithm",
            description =
                    "What made the column password_hash of the bootstrap file. Such hashes are replaced by Argon2id when"
                            + " their user logs in; plain passwords are hashed at once.",
            options = {
                @Option(label = "plain", value = "plain"),
                @Option(label = "MD5", value = "md5"),
                @Option(label = "SHA-1", value = "sha1"),
                @Option(label = "SHA-256", value = "sha256"),
                @Option(label = "SHA-512", value = "sha512"),
                @Option(label = "bcrypt", value = "bcrypt"),
                @Option(label = "PBKDF2", value = "pbkdf2"),
                @Option(label = "Argon2id", value = "argon2id")
            })
    String passwordHashAlgorithm() default "sha256";

    @AttributeDefinition(
            name = "Salt position",
            description =
                    "Where the salt stands in what md5, sha1, sha256 or sha512 hashed: before the password, after it, or"
                            + " nowhere.",
            options = {
                @Option(label = "prefix", value = "prefix"),
                @Option(label = "suffix", value = "suffix"),
                @Option(label = "disable", value = "disable")
            })
    String saltPosition() default "prefix";

    @AttributeDefinition(
            name = "PBKDF2 function",
            description = "The digest under the HMAC of pbkdf2 in the bootstrap file.",
            options = {
                @Option(label = "SHA-1", value = "sha1"),
                @Option(label = "SHA-256", value = "sha256"),
                @Option(label = "SHA-512", value = "sha512")
            })
    String pbkdf2Prf() default "sha256";

    @AttributeDefinition(
            name = "PBKDF2 iterations",
            description = "The iterations of pbkdf2 in the bootstrap file, 1 to 2,000,000.",
            min = "1",
            max = "2000000")
    int pbkdf2Iterations() default 4_096;
}

package io.gatehouse.auth.builtin.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gatehouse.auth.builtin.hash.Digest;
import io.gatehouse.auth.builtin.hash.ImportedHashes;
import io.gatehouse.auth.builtin.hash.ImportedHashes.Algorithm;
import io.gatehouse.auth.builtin.hash.SaltPosition;
import io.gatehouse.sdk.mqtt.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapFileTest {
    private static final String SHA256 = "13601bda4ea78e55a07b98866d2be6be0744e3866f13c00c811cab608a28f322";

    @TempDir
    Path directory;

    @Test
    void readsPlainCsv() throws Exception {
        List<BootstrapUser> users = csv("""
                user_id,password,is_superuser
                alice,secret,false
                root,"with ""quotes"", commas
                and lines",true
                """);

        assertThat(users)
                .containsExactly(
                        plain("alice", "secret", false), plain("root", "with \"quotes\", commas\nand lines", true));
    }

    @Test
    void readsHashedCsvWithColumnsInAnyOrder() throws Exception {
        List<BootstrapUser> users = csv("""
                is_superuser,salt,user_id,password_hash
                true,salt,alice,%s
                """.formatted(SHA256));

        assertThat(users).singleElement().satisfies(user -> {
            assertThat(user.userId()).isEqualTo("alice");
            assertThat(user.superuser()).isTrue();
            assertThat(hashOf(user)).isEqualTo("$sha256$prefix$c2FsdA$" + SHA256);
        });
    }

    @Test
    void readsCsvWithByteOrderMarkCarriageReturnsAndWithoutALastLineEnd() throws Exception {
        assertThat(csv("\uFEFFuser_id,password\r\n\r\nalice,secret\r\nbob,\u00fcmlaut"))
                .containsExactly(plain("alice", "secret", false), plain("bob", "\u00fcmlaut", false));
    }

    @Test
    void readsPlainJson() throws Exception {
        List<BootstrapUser> users = json("""
                [
                  {"user_id": "alice", "password": "secret", "is_superuser": true},
                  {"user_id": "bob", "password": "s\\u00e9cret"}
                ]
                """);

        assertThat(users).containsExactly(plain("alice", "secret", true), plain("bob", "s\u00e9cret", false));
    }

    @Test
    void readsHashedJson() throws Exception {
        List<BootstrapUser> users = json("""
                [{"user_id": "alice", "password_hash": "%s", "salt": "salt", "is_superuser": "false"}]
                """.formatted(SHA256));

        assertThat(users)
                .singleElement()
                .satisfies(user -> assertThat(hashOf(user)).isEqualTo("$sha256$prefix$c2FsdA$" + SHA256));
    }

    @Test
    void readsNoUsersFromAFileWithoutUsers() throws Exception {
        assertThat(csv("user_id,password\n")).isEmpty();
        assertThat(json("[]")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "MD5 67a1e09bb1f83f5007dc119c14d663aa $md5$suffix$c2FsdA$67a1e09bb1f83f5007dc119c14d663aa",
                "BCRYPT $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
                        + " $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "PBKDF2 55ac046e56e3089fec1691c22544b605 $pbkdf2-sha1$i=77$c2FsdA$VawEblbjCJ/sFpHCJUS2BQ",
                "ARGON2ID $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
                        + " $argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            })
    void readsHashesOfTheConfiguredAlgorithm(Algorithm algorithm, String hash, String kept) throws Exception {
        ImportedHashes hashes = new ImportedHashes(algorithm, SaltPosition.SUFFIX, Digest.SHA1, 77);
        List<BootstrapUser> users = BootstrapFile.parse(
                "users.csv", utf8("user_id,password_hash,salt\nalice,\"" + hash + "\",salt\n"), hashes);

        assertThat(users)
                .singleElement()
                .satisfies(user -> assertThat(hashOf(user)).isEqualTo(kept));
    }

    @Test
    void takesPlainHashesForPasswords() throws Exception {
        ImportedHashes hashes = new ImportedHashes(Algorithm.PLAIN, SaltPosition.DISABLE, Digest.SHA256, 1);

        assertThat(BootstrapFile.parse("users.csv", utf8("user_id,password_hash\nalice,secret\n"), hashes))
                .containsExactly(plain("alice", "secret", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | 1:1: The file is empty; its first line must name the columns, such as user_id,password,is_superuser.",
                "user_id,pasword | 1:9: The first line must name columns; user_id, password, password_hash, salt and is_superuser are known.",
                "user_id,password,user_id | 1:18: The column user_id is named twice.",
                "password,is_superuser | 1:1: The column user_id is missing.",
                "user_id,salt | 1:1: There must be either a column password or a column password_hash.",
                "user_id,password,password_hash | 1:1: There must be either a column password or a column password_hash.",
                "user_id,password~alice | 2:1: This line has 1 fields, but the first line names 2 columns.",
                "user_id,password~alice,a~~alice,b | 4:1: This user id stands in the file twice; remove one of the two.",
                "user_id,password~,a | 2:1: A user id must have 1 to 65,535 bytes in UTF-8, but this one has 0.",
                "user_id,password~alice, | 2:1: A password must have 1 to 1,024 bytes in UTF-8, but this one has 0.",
                "user_id,password~a\u0007b,a | 2:1: A user id must not contain control characters.",
                "user_id,password,is_superuser~a,b,yes | 2:1: is_superuser must be true or false.",
                "user_id,password,salt~a,b,c | 2:1: A plain password cannot have a salt; remove the salt.",
                "user_id,password_hash~a,xyz | 2:1: The hash must consist of an even number of hexadecimal digits.",
                "user_id,password_hash~a,abcd | 2:1: A sha256 hash must have 64 hexadecimal digits, but has 4.",
                "user_id,password~a,b\"c | 2:4: A quotation mark may stand only around a whole field; double it inside.",
                "user_id,password~a,\"b\"c | 2:6: After a closing quotation mark there must be a comma or the end of the line.",
                "user_id,password~a,b~c,\"d | 3:3: A quotation mark opens here and is never closed.",
                "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q | 1:33: A line may have at most 16 fields."
            })
    void tellsWhereCsvIsWrong(String content, String problem) {
        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> csv(content.replace('~', '\n')))
                .withMessage("users.csv:" + problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 1:1: The file must hold a JSON array of users, such as [{\"user_id\": \"u1\", ...}].",
                "{} | 1:1: The file must hold a JSON array of users, such as [{\"user_id\": \"u1\", ...}].",
                "[ | 1:2: This is not valid JSON.",
                "[{}] | 1:2: A user id must have 1 to 65,535 bytes in UTF-8, but this one has 0.",
                "[~ 7] | 2:2: Each user must be a JSON object.",
                "[{\"user\": \"a\"}] | 1:3: This key is unknown; user_id, password, password_hash, salt and is_superuser are known.",
                "[{\"user_id\": 7}] | 1:14: The value of user_id must be a JSON string.",
                "[{\"user_id\": null}] | 1:14: The value of user_id must be a JSON string.",
                "[{\"user_id\": true}] | 1:14: The value of user_id must be a JSON string.",
                "[{\"is_superuser\": 1}] | 1:19: The value of is_superuser must be a JSON string or true or false.",
                "[{\"user_id\": \"a\", \"user_id\": \"b\"}] | 1:19: The key user_id stands here twice.",
                "[{\"user_id\": {}}] | 1:14: The value of user_id must be a JSON string.",
                "[{\"user_id\": \"a\"}] | 1:2: A user must have either password or password_hash.",
                "[{\"user_id\": \"a\", \"password\": \"b\", \"password_hash\": \"c\"}] | 1:2: A user must have either password or password_hash.",
                "[] [] | 1:4: After the array there must be nothing else.",
                "[{\"user_id\": \"a\", \"password\": secret}] | 1:37: This is not valid JSON."
            })
    void tellsWhereJsonIsWrong(String content, String problem) {
        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> json(content.replace('~', '\n')))
                .withMessage("users.json:" + problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.csv", "users.json"})
    void tellsWhereTheTextIsNoUtf8(String name) {
        byte[] content = utf8("ab\ncX");
        content[4] = (byte) 0xFF;

        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> BootstrapFile.parse(name, content, sha256()))
                .withMessage(name + ":2:2: These bytes are no UTF-8; save the file as UTF-8.");
    }

    @Test
    void neverRepeatsAPassword() {
        String longPassword = "hunter2".repeat(200);
        for (String content : List.of(
                "[{\"user_id\": \"a\", \"password\": hunter2}]",
                "[{\"user_id\": \"a\", \"password\": \"hunter2}]",
                "[{\"user_id\": \"a\", \"password\": \"" + longPassword + "\"}]",
                "[{\"user_id\": \"a\", \"password_hash\": \"hunter2\"}]")) {
            assertThatExceptionOfType(BootstrapProblem.class)
                    .isThrownBy(() -> json(content))
                    .satisfies(e -> assertThat(e).hasStackTraceContaining("users.json:"))
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("hunter2"));
        }
    }

    @Test
    void refusesTooManyPlainPasswords() {
        String content = "user_id,password\n"
                + IntStream.rangeClosed(0, 10_000).mapToObj(i -> i + ",x\n").collect(Collectors.joining());

        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> csv(content))
                .withMessage(
                        "users.csv:10002:1: A bootstrap file may hold at most 10,000 plain passwords, because each is"
                                + " hashed at start; use password_hash for so many users.");
    }

    @Test
    void refusesFieldsThatAreTooLong() {
        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> csv("user_id,password\na," + "x".repeat(65_536)))
                .withMessage("users.csv:2:3: A field may have at most 65,535 characters.");
        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> json("[{\"user_id\": \"" + "x".repeat(70_000) + "\"}]"))
                .withMessageEndingWith("A text here is too long or nested too deep.");
    }

    @Test
    void refusesAFileThatIsTooLarge() {
        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> BootstrapFile.parse("users.csv", new byte[BootstrapFile.MAX_BYTES + 1], sha256()))
                .withMessage("users.csv: is larger than 64 MiB; split it.");
    }

    @Test
    void refusesAnotherFormat() throws IOException {
        Path file = Files.writeString(directory.resolve("users.txt"), "alice:secret");

        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> BootstrapFile.read(file, sha256()))
                .withMessage(file + ": must have a name that ends in .csv or .json.");
    }

    @Test
    void tellsThatAFileCannotBeRead() {
        Path file = directory.resolve("absent.csv");

        assertThatExceptionOfType(BootstrapProblem.class)
                .isThrownBy(() -> BootstrapFile.read(file, sha256()))
                .withMessageStartingWith(file + ": cannot be read (")
                .withMessageEndingWith("); correct auth-builtin.bootstrap-file or the rights of the file.");
    }

    private static List<BootstrapUser> csv(String content) throws BootstrapProblem {
        return BootstrapFile.parse("users.csv", utf8(content), sha256());
    }

    private static List<BootstrapUser> json(String content) throws BootstrapProblem {
        return BootstrapFile.parse("users.json", utf8(content), sha256());
    }

    private static ImportedHashes sha256() {
        return new ImportedHashes(Algorithm.SHA256, SaltPosition.PREFIX, Digest.SHA256, 1);
    }

    private static BootstrapUser plain(String userId, String password, boolean superuser) {
        return new BootstrapUser(userId, new BootstrapUser.Plain(Secret.ofUtf8(password)), superuser);
    }

    private static String hashOf(BootstrapUser user) {
        return switch (user.credential()) {
            case BootstrapUser.Hashed hashed -> hashed.hash().encoded();
            case BootstrapUser.Plain plain -> "plain";
        };
    }

    private static String stackTrace(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

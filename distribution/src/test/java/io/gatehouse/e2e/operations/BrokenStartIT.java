package io.gatehouse.e2e.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.Installed;
import io.gatehouse.e2e.Installed.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that cannot start says so in one plain sentence for each problem, with an exit code, and leaves nothing behind that runs. */
class BrokenStartIT {
    private static final int FAILED = 1;
    private static final int BAD_CONFIGURATION = 78;

    @TempDir
    private Path folder;

    private Path conf;

    @BeforeEach
    void copiesTheConfiguration() throws IOException {
        conf = Files.createDirectory(folder.resolve("conf"));
        for (String file : new String[] {"gatehouse.conf", "acl.conf"}) {
            Files.copy(Installed.home().resolve("conf").resolve(file), conf.resolve(file));
        }
    }

    @Test
    void tellsEveryMistakeOfTheConfigurationAtOnceWithItsPlace() throws Exception {
        Files.writeString(conf.resolve("gatehouse.conf"), """
                authorization.no-mach = deny
                mqtt {
                  max-inflight = many
                }
                """);

        Result result = run();

        assertThat(result.exitCode()).isEqualTo(BAD_CONFIGURATION);
        assertThat(result.err().lines())
                .hasSize(2)
                .anySatisfy(
                        line -> assertThat(line).contains("gatehouse.conf:1:15", "no-mach", "did you mean", "no-match"))
                .anySatisfy(line -> assertThat(line).contains("gatehouse.conf:3:", "max-inflight", "many"));
    }

    @Test
    void namesAPortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = run("--set", "listeners.tcp.default.bind=\"127.0.0.1:" + other.getLocalPort() + "\"");

            assertThat(result.exitCode()).isEqualTo(FAILED);
            assertThat(sentence(result))
                    .contains("listeners.tcp.default.bind", "127.0.0.1:" + other.getLocalPort(), "another program");
        }
    }

    @Test
    void namesAnAddressThatIsNotThisMachines() throws Exception {
        Result result = run("--set", "listeners.tcp.default.bind=\"192.0.2.1:1883\"");

        assertThat(result.exitCode()).isEqualTo(FAILED);
        assertThat(sentence(result)).contains("listeners.tcp.default.bind", "192.0.2.1:1883", "not an address");
    }

    @Test
    void namesThePlaceInABrokenAclFile() throws Exception {
        Files.writeString(conf.resolve("acl.conf"), "{allow, all}.\n{alow, all}.\n");

        Result result = run();

        assertThat(result.exitCode()).isEqualTo(FAILED);
        assertThat(sentence(result)).contains("authz-acl", "acl.conf:2:2", "did you mean", "allow");
    }

    @Test
    void namesAnAclFileThatIsNotThere() throws Exception {
        Files.delete(conf.resolve("acl.conf"));

        Result result = run();

        assertThat(result.exitCode()).isEqualTo(FAILED);
        assertThat(sentence(result))
                .contains("authz-acl", conf.resolve("acl.conf").toString());
    }

    @Test
    void namesThePlaceInABrokenBootstrapFile() throws Exception {
        Path users = folder.resolve("users.csv");
        Files.writeString(users, "user_id,password,is_superuser\nalice,secret-of-alice,perhaps\n");

        Result result = run("--set", "auth-builtin.bootstrap-file=\"" + users + "\"");

        assertThat(result.exitCode()).isEqualTo(FAILED);
        assertThat(sentence(result))
                .contains("auth-builtin", "users.csv:2", "is_superuser")
                .doesNotContain("secret-of-alice");
    }

    @Test
    void namesABootstrapFileThatIsNotThere() throws Exception {
        Result result = run("--set", "auth-builtin.bootstrap-file=\"" + folder.resolve("nobody.csv") + "\"");

        assertThat(result.exitCode()).isEqualTo(FAILED);
        assertThat(sentence(result)).contains("auth-builtin", "nobody.csv");
    }

    @Test
    void refusesADataDirectoryThatABrokerUses() throws Exception {
        try (RunningBroker first = RunningBroker.start(conf, folder.resolve("data"))) {
            Result second = run();

            assertThat(second.exitCode()).isEqualTo(FAILED);
            assertThat(sentence(second)).contains(folder.resolve("data").toString(), "another broker", "--data");
            assertThat(first.isAlive()).isTrue();
        }
    }

    @Test
    void leavesNothingThatKeepsTheNextStartFromSucceeding() throws Exception {
        Files.writeString(conf.resolve("acl.conf"), "{alow, all}.\n");
        assertThat(run().exitCode()).isEqualTo(FAILED);
        Files.writeString(conf.resolve("acl.conf"), "{allow, all}.\n");

        try (RunningBroker broker = RunningBroker.start(conf, folder.resolve("data"))) {
            assertThat(broker.output()).contains("First start", "mosquitto_pub");
        }
    }

    private static String sentence(Result result) {
        assertThat(result.err().lines().filter(line -> line.startsWith("gatehouse: ")))
                .as(result.err())
                .hasSize(1);
        return result.err()
                .lines()
                .filter(line -> line.startsWith("gatehouse: "))
                .findFirst()
                .orElseThrow();
    }

    private Result run(String... more) throws IOException, InterruptedException {
        String[] arguments = new String[7 + more.length];
        arguments[0] = "run";
        arguments[1] = "--data";
        arguments[2] = folder.resolve("data").toString();
        arguments[3] = "--config";
        arguments[4] = conf.resolve("gatehouse.conf").toString();
        arguments[5] = "--set";
        arguments[6] = "listeners.tcp.default.bind=\"127.0.0.1:0\"";
        System.arraycopy(more, 0, arguments, 7, more.length);
        return Installed.run(arguments);
    }
}

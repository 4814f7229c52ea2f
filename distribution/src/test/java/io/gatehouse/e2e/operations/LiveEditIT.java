package io.gatehouse.e2e.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.e2e.Installed;
import io.gatehouse.e2e.Installed.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits while the broker runs: a good one is in force a moment later, a broken one changes nothing and is reported. */
class LiveEditIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REFUSED = 5;

    @TempDir
    private Path folder;

    private Path conf;
    private RunningBroker broker;

    @BeforeEach
    void startsABroker() throws Exception {
        conf = Files.createDirectory(folder.resolve("conf"));
        for (String file : new String[] {"gatehouse.conf", "acl.conf"}) {
            Files.copy(Installed.home().resolve("conf").resolve(file), conf.resolve(file));
        }
        broker = RunningBroker.start(conf, folder.resolve("data"));
        assertThat(gatehouse("secret-of-alice\n", "user", "add", "alice", "--password-stdin")
                        .exitCode())
                .isZero();
    }

    @AfterEach
    void stopsTheBroker() throws InterruptedException {
        assertThat(broker.terminate()).isZero();
    }

    @Test
    void takesOverAnEditedAclFile() throws Exception {
        assertThat(publish("plant/1").exitCode()).isEqualTo(REFUSED);

        Files.writeString(conf.resolve("acl.conf"), "{allow, {user, \"alice\"}, publish, [\"plant/#\"]}.\n");

        await().atMost(PATIENCE).until(() -> publish("plant/1").exitCode() == 0);
    }

    @Test
    void keepsTheOldRulesWhenTheAclFileIsBroken() throws Exception {
        Files.writeString(conf.resolve("acl.conf"), "{allow, all}.\n{oops.\n");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(broker.output()).contains("acl.conf:2:"));
        assertThat(publish("plant/1").exitCode()).isEqualTo(REFUSED);
        assertThat(publish("users/alice/1").exitCode()).isZero();
        await("health is asked from time to time")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(gatehouse("", "plugin", "list").out()).containsPattern("authz-acl +degraded"));
    }

    @Test
    void keepsTheOldConfigurationWhenTheFileIsBroken() throws Exception {
        Files.writeString(conf.resolve("gatehouse.conf"), "authorization.no-match = perhaps\n");

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(broker.output()).contains("gatehouse.conf:1:", "perhaps", "old one stays"));
        assertThat(publish("users/alice/1").exitCode()).isZero();
        assertThat(publish("plant/1").exitCode()).isEqualTo(REFUSED);
    }

    @Test
    void takesOverAnEditedConfiguration() throws Exception {
        Files.writeString(conf.resolve("acl.conf"), "{deny, all, all, [\"forbidden/#\"]}.\n");
        Files.writeString(conf.resolve("gatehouse.conf"), "authorization.no-match = allow\n");

        await().atMost(PATIENCE).until(() -> publish("plant/1").exitCode() == 0);
        assertThat(publish("forbidden/1").exitCode()).isEqualTo(REFUSED);
    }

    @Test
    void disconnectsNobodyAndForgetsAUserThatIsRemoved() throws Exception {
        assertThat(publish("users/alice/1").exitCode()).isZero();

        assertThat(gatehouse("", "user", "remove", "alice").exitCode()).isZero();

        assertThat(publish("users/alice/1").exitCode()).isEqualTo(REFUSED);
        assertThat(gatehouse("", "user", "list").out()).contains("demo").doesNotContain("alice");
    }

    private Result publish(String topic) throws IOException, InterruptedException {
        return gatehouse(
                "secret-of-alice\n",
                "pub",
                "--port",
                Integer.toString(broker.port()),
                "-u",
                "alice",
                "--password-stdin",
                "--mqtt-version",
                "5",
                "-q",
                "1",
                "-t",
                topic,
                "-m",
                "hello");
    }

    private Result gatehouse(String input, String... arguments) throws IOException, InterruptedException {
        Path stdin = Files.createTempFile(folder, "stdin", ".txt");
        Files.writeString(stdin, input, StandardCharsets.UTF_8);
        ProcessBuilder command = Installed.command(arguments);
        if (!arguments[0].equals("pub")) {
            command.command().add("--data");
            command.command().add(folder.resolve("data").toString());
        }
        return Installed.runWithInput(command, stdin);
    }
}

package io.gatehouse.e2e.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerFolder;
import io.gatehouse.e2e.fixture.BrokerProcess;
import io.gatehouse.e2e.fixture.ConnectPacket;
import io.gatehouse.e2e.fixture.Finished;
import io.gatehouse.e2e.fixture.WireClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A start that cannot succeed: one plain sentence for each mistake, an exit code, and nothing left behind. */
class BadInputIT {
    private static final int FAILED = 1;
    private static final int BAD_CONFIGURATION = 78;

    private final BrokerFolder folder = BrokerFolder.create();

    @AfterEach
    void remove() {
        folder.close();
    }

    private Finished run() {
        return Finished.of(
                BrokerFolder.command(List.of(
                        "run",
                        "--data",
                        folder.data().toString(),
                        "--config",
                        folder.configurationFile().toString())),
                "");
    }

    /** The sentences to the operator; the log is not among them. */
    private static List<String> sentences(Finished finished) {
        assertThat(finished.err()).doesNotContain("\tat ");
        return finished.err()
                .lines()
                .filter(line -> line.startsWith("gatehouse: "))
                .toList();
    }

    private void assertFails(int exitCode, String... parts) {
        Finished finished = run();
        assertThat(finished.exitCode()).as(finished.err()).isEqualTo(exitCode);
        assertThat(sentences(finished))
                .singleElement()
                .satisfies(one -> assertThat(one).contains(parts));
        assertThat(finished.out()).isEmpty();
    }

    @Test
    void aPortThatIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            folder.configuration("listeners.tcp.default.bind = \"127.0.0.1:%d\"".formatted(other.getLocalPort()));
            assertFails(FAILED, "listeners.tcp.default.bind", "127.0.0.1:" + other.getLocalPort(), "choose another");
        }
    }

    @Test
    void aMisspeltKey() {
        folder.configuration("mqtt.max-inflite = 5");
        assertFails(BAD_CONFIGURATION, folder.configurationFile() + ":3:", "max-inflite", "max-inflight");
    }

    @Test
    void aValueOfTheWrongType() {
        folder.configuration("mqtt.max-inflight = many");
        assertFails(BAD_CONFIGURATION, folder.configurationFile() + ":3:", "mqtt.max-inflight", "many");
    }

    @Test
    void severalMistakesAtOnce() {
        folder.configuration("mqtt.max-inflight = many\nmqtt.max-queue = 0");
        Finished finished = run();
        assertThat(finished.exitCode()).isEqualTo(BAD_CONFIGURATION);
        assertThat(sentences(finished)).hasSize(2);
    }

    @Test
    void rulesThatAreBroken() {
        folder.acl("{allow, all, publish, [\"a\"]}.\n{alow, all}.\n");
        assertFails(FAILED, folder.aclFile() + ":2:", "alow");
    }

    @Test
    void rulesThatCannotBeRead() throws Exception {
        Files.delete(folder.aclFile());
        assertFails(FAILED, folder.aclFile().toString(), "does not exist");
        Files.createDirectory(folder.aclFile());
        assertFails(FAILED, folder.aclFile().toString());
    }

    @Test
    void aBootstrapFileThatIsBroken() throws Exception {
        Files.writeString(folder.users(), "user_id,password,is_superuser\nalice,alice-secret,perhaps\n");
        assertFails(FAILED, folder.users() + ":2:", "is_superuser must be true or false");
    }

    @Test
    void aDataDirectoryThatAnotherBrokerUses() throws Exception {
        try (BrokerProcess first = BrokerProcess.standard().start()) {
            Finished second = Finished.of(
                    BrokerFolder.command(List.of(
                            "run",
                            "--data",
                            first.folder().data().toString(),
                            "--config",
                            folder.configurationFile().toString())),
                    "");
            assertThat(second.exitCode()).isEqualTo(FAILED);
            assertThat(sentences(second))
                    .singleElement()
                    .satisfies(one ->
                            assertThat(one).contains(first.folder().data().toString(), "another broker"));
            try (WireClient client = WireClient.connect(first.port(), new ConnectPacket("still-there"))) {
                client.ping();
            }
        }
    }

    @Test
    void aFailedStartLeavesNothingInTheWayOfTheNext() throws Exception {
        folder.acl("{alow, all}.");
        assertThat(run().exitCode()).isEqualTo(FAILED);
        folder.acl(BrokerFolder.ACL);
        try (BrokerProcess next = BrokerProcess.in(folder).start()) {
            WireClient.connect(next.port(), new ConnectPacket("at-last")).disconnect();
        }
    }
}

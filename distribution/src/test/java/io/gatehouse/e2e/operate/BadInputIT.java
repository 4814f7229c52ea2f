package io.gatehouse.e2e.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.fixture.BrokerFolder;
import io.gatehouse.e2e.fixture.Finished;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A module that cannot start: one plain sentence is all the operator sees, not where in the code it was said. */
class BadInputIT {
    private static final int FAILED = 1;

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
}

package io.gatehouse.e2e.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.e2e.Installed;
import io.gatehouse.e2e.Installed.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as processes: what the tests inside the kernel cannot see. */
class CommandLineIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"--help", "run --help", "status --help", "user add --help", "pub --help", "bench pairs --help"})
    void explainsItself(String line) throws Exception {
        Result result = Installed.run(line.split(" "));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("Usage: gatehouse");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void saysWhereNoBrokerRuns() throws Exception {
        Result result = Installed.run("status", "--data", folder.toString());
        assertThat(result)
                .isEqualTo(new Result(
                        3,
                        "",
                        "gatehouse: no broker runs on the data directory " + folder
                                + ": start it with `gatehouse run`, or name another directory with --data\n"));
    }

    @Test
    void saysWhereNoBrokerListensAndNothingElse() throws Exception {
        Result result = Installed.run("pub", "--port", "1", "-t", "a", "-m", "x");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("gatehouse: no broker listens on 127.0.0.1:1")
                .hasLineCount(1);
    }

    /** The command listens to signals, and still ends with its own code. */
    @Test
    void aBenchThatFailsSaysSo() throws Exception {
        Result result = Installed.run("bench", "connect", "--port", "1", "-c", "2", "--quiet");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("2 clients did not connect: connection refused");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aCommandThatIsNotThereIsAUsageError() throws Exception {
        assertThat(Installed.run("nonsense").exitCode()).isEqualTo(2);
    }

    @Test
    void thereIsNobodyToAskForAPassword() throws Exception {
        Result result = Installed.run("user", "add", "ada", "--data", folder.toString());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--password-stdin").hasLineCount(1);
    }

    @Test
    void theCompletionScriptIsValid() throws Exception {
        Path script = folder.resolve("completion");
        Files.writeString(script, Installed.run("completion").out());
        assertThat(Installed.run(new ProcessBuilder("bash", "-n", script.toString())))
                .isEqualTo(new Result(0, "", ""));
    }
}

package io.gatehouse.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatehouseCliTest {
    private final TestShell shell = new TestShell();

    static Stream<List<String>> allCommands() {
        return Stream.of(
                List.of(),
                List.of("run"),
                List.of("status"),
                List.of("config"),
                List.of("config", "check"),
                List.of("config", "show"),
                List.of("plugin"),
                List.of("plugin", "list"),
                List.of("plugin", "info"),
                List.of("plugin", "install"),
                List.of("plugin", "upgrade"),
                List.of("plugin", "rollback"),
                List.of("plugin", "enable"),
                List.of("plugin", "disable"),
                List.of("plugin", "remove"),
                List.of("plugin", "verify"),
                List.of("plugin", "sign"),
                List.of("user"),
                List.of("user", "add"),
                List.of("user", "remove"),
                List.of("user", "list"),
                List.of("user", "passwd"),
                List.of("client"),
                List.of("client", "list"),
                List.of("client", "kick"),
                List.of("pub"),
                List.of("sub"),
                List.of("bench"),
                List.of("bench", "connect"),
                List.of("bench", "pub"),
                List.of("bench", "sub"),
                List.of("bench", "pairs"),
                List.of("bench", "fan-in"),
                List.of("bench", "fan-out"),
                List.of("completion"));
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void everyCommandExplainsItself(List<String> command) {
        String[] arguments =
                Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new);
        assertThat(shell.run(arguments)).isZero();
        assertThat(shell.out())
                .startsWith("Usage: gatehouse"
                        + String.join(
                                "", command.stream().map(word -> " " + word).toList()));
        assertThat(shell.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "status --nonsense",
                "user",
                "user add",
                "client list --limit many",
                "pub -t a",
                "sub"
            })
    void whatMakesNoSenseIsAUsageError(String line) {
        assertThat(shell.run(line.split(" "))).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err()).isNotEmpty();
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        shell.run("statsu");
        assertThat(shell.err()).contains("Did you mean: gatehouse status");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "plugin list",
                "plugin info x",
                "plugin rollback x",
                "client list",
                "client kick c",
                "user list",
                "user remove u",
                "config show --running"
            })
    void saysWhereNoBrokerRuns(String line, @TempDir Path data) {
        assertThat(shell.run((line + " --data " + data).split(" "))).isEqualTo(ExitCode.NOT_RUNNING.code());
        assertThat(shell.out()).isEmpty();
        assertThat(shell.err())
                .isEqualTo("gatehouse: no broker runs on the data directory " + data
                        + ": start it with `gatehouse run`, or name another directory with --data\n");
    }

    @Test
    void saysWhenNoInstallationIsNamed() {
        assertThat(shell.environment(Map.of()).run("status")).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.err()).contains("GATEHOUSE_HOME");
    }

    @Test
    void exitCodesNeverChange() {
        assertThat(Stream.of(ExitCode.values()).map(code -> code + "=" + code.code()))
                .containsExactly(
                        "OK=0",
                        "FAILED=1",
                        "USAGE=2",
                        "NOT_RUNNING=3",
                        "NOT_FOUND=4",
                        "REFUSED=5",
                        "EXISTS=6",
                        "UNAVAILABLE=7",
                        "BAD_CONFIGURATION=78");
    }

    @Test
    void completesEveryCommand() {
        assertThat(shell.run("completion")).isZero();
        assertThat(shell.out()).startsWith("#!").contains("passwd", "kick", "--mqtt-version");
    }
}

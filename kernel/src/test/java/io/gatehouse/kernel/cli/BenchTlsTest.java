package io.gatehouse.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.transport.NetworkBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse bench --tls}: whom it trusts, and whom not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchTlsTest {
    private final TestShell shell = new TestShell();
    private final NetworkBroker broker = new NetworkBroker();
    private TestCertificates house;
    private TestCertificates strangers;
    private TlsFront server;
    private TlsFront mutual;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house = TestCertificates.in(folder.resolve("house"), "localhost");
        strangers = TestCertificates.in(folder.resolve("strangers"), "localhost");
        server = new TlsFront(house, broker.port(), false);
        mutual = new TlsFront(house, broker.port(), true);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
        mutual.close();
        broker.close();
    }

    @Test
    void trustsTheAuthorityThatItIsGiven() {
        for (String version : List.of("1.2", "1.3")) {
            assertThat(run(server, "--host", "localhost", "--cafile", house.authority(), "--tls-version", version))
                    .as(shell::out)
                    .isZero();
            assertThat(shell.out()).contains("over TLS", "sent  ", "nothing was lost");
        }
    }

    @Test
    void refusesACertificateOfAStranger() {
        assertThat(run(server, "--host", "localhost", "--cafile", strangers.authority()))
                .isEqualTo(ExitCode.FAILED.code());
        assertThat(shell.out()).contains("did not connect: TLS: ", "aborted");
    }

    @Test
    void trustsNobodyInParticularWithoutAnAuthority() {
        assertThat(run(server, "--host", "localhost", "--tls")).isEqualTo(ExitCode.FAILED.code());
        assertThat(shell.out()).contains("did not connect: TLS: ");
    }

    @Test
    void refusesACertificateForAnotherHost() {
        assertThat(run(server, "--host", "127.0.0.1", "--cafile", house.authority()))
                .isEqualTo(ExitCode.FAILED.code());
        assertThat(shell.out()).contains("did not connect: TLS: ", "127.0.0.1");
        assertThat(run(server, "--host", "localhost", "--cafile", house.authority(), "--sni", "other.example"))
                .isEqualTo(ExitCode.FAILED.code());
        assertThat(shell.out()).contains("other.example");
    }

    @Test
    void looksForTheNameThatItIsGiven() {
        assertThat(run(server, "--host", "127.0.0.1", "--cafile", house.authority(), "--sni", "localhost"))
                .as(shell::out)
                .isZero();
    }

    @Test
    void acceptsEverybodyWhenItIsToldTo() {
        assertThat(run(server, "--host", "127.0.0.1", "--insecure"))
                .as(shell::out)
                .isZero();
    }

    @Test
    void showsItsOwnCertificate() {
        assertThat(run(
                        mutual,
                        "--host",
                        "localhost",
                        "--cafile",
                        house.authority(),
                        "--cert",
                        house.certificate(),
                        "--key",
                        house.key()))
                .as(shell::out)
                .isZero();
        assertThat(run(mutual, "--host", "localhost", "--cafile", house.authority()))
                .isEqualTo(ExitCode.FAILED.code());
    }

    @Test
    void saysWhichFileIsWrong() {
        assertThat(run(server, "--cafile", house.key())).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.err()).startsWith("gatehouse: --cafile: ");
        assertThat(run(server, "--cert", house.certificate(), "--key", house.certificate()))
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.err()).contains("--cert and --key", "PKCS#8");
    }

    private int run(TlsFront front, String... arguments) {
        List<String> line = new ArrayList<>(
                List.of("bench", "pairs", "-p", "" + front.port(), "-c", "2", "-n", "100", "--quiet", "-q", "1"));
        line.addAll(List.of(arguments));
        return shell.run(line.toArray(String[]::new));
    }
}

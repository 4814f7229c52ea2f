package io.gatehouse.kernel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.kernel.fakes.PluginJar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gatehouse plugin sign} and {@code verify}, from the key to the verdict. */
class PluginTrustCommandsTest {
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    private final TestShell shell = new TestShell();
    private Path keystore = Path.of("");
    private Path jar = Path.of("");

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/gatehouse.conf"), "");
        Files.createDirectories(folder.resolve("plugins"));
        shell.environment(Map.of("GATEHOUSE_HOME", folder.toString()));
        jar = new PluginJar("acme.gate")
                .source("Gate", "@Capabilities(Capability.FILES) @PublishesTo(\"status/#\") @Exclusive class Gate {}")
                .into(folder);
        keystore = folder.resolve("signing.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "acme",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Acme Plugins",
                "-ext",
                "KeyUsage:critical=digitalSignature",
                "-ext",
                "ExtendedKeyUsage=codeSigning",
                "-storetype",
                "PKCS12");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "acme",
                "-file",
                folder.resolve("conf/acme.pem").toString());
    }

    @Test
    void whatIsSignedIsLetInAsTheManualSays() throws IOException {
        trust("signed");
        assertThat(shell.run("plugin", "verify", jar.toString())).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.out()).contains("would be refused: it is not signed");

        assertThat(sign(jar)).isZero();
        assertThat(shell.out()).contains("Signed " + jar + " as CN=Acme Plugins");

        assertThat(shell.run("plugin", "verify", jar.toString())).isZero();
        assertThat(shell.out())
                .contains(
                        "would be loaded",
                        "acme.gate 1.0.0",
                        "signer        CN=Acme Plugins",
                        "capabilities  files",
                        "publishes to  status/#",
                        "exclusive     yes");
        assertThat(shell.err()).isEmpty();
    }

    @Test
    void verdictsAreJsonToo() throws IOException {
        trust("allow-listed");

        assertThat(shell.run(
                        "plugin",
                        "verify",
                        jar.toString(),
                        folder.resolve("absent.jar").toString(),
                        "-o",
                        "json"))
                .isEqualTo(ExitCode.REFUSED.code());

        JsonNode verdicts = new JsonMapper().readTree(shell.out());
        assertThat(verdicts).hasSize(2);
        assertThat(verdicts.get(0).get("name").asText()).isEqualTo("acme.gate");
        assertThat(verdicts.get(0).get("capabilities").get(0).asText()).isEqualTo("files");
        assertThat(verdicts.get(0).get("admitted").asBoolean()).isFalse();
        assertThat(verdicts.get(0).get("refusal").asText()).contains("plugins.allow-list");
        assertThat(verdicts.get(1).get("sha256").isNull()).isTrue();
    }

    @Test
    void signsIntoAnotherFileAndLeavesTheFirstAlone() throws IOException {
        byte[] before = Files.readAllBytes(jar);
        Path out = folder.resolve("signed.jar");

        assertThat(sign(jar, "--out", out.toString())).isZero();

        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
        assertThat(out).exists();
        assertThat(Files.getPosixFilePermissions(out)).isEqualTo(Files.getPosixFilePermissions(jar));
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void leavesTheJarAloneWhenItCannotBeSigned() throws IOException {
        byte[] before = Files.readAllBytes(jar);

        shell.standardInput("wrong\n");
        assertThat(shell.run(
                        "plugin",
                        "sign",
                        jar.toString(),
                        "--keystore",
                        keystore.toString(),
                        "--alias",
                        "acme",
                        "--password-stdin"))
                .isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).contains("cannot be opened").doesNotContain("wrong\n");
        shell.standardInput(PASSWORD + "\n");
        assertThat(shell.run(
                        "plugin",
                        "sign",
                        jar.toString(),
                        "--keystore",
                        keystore.toString(),
                        "--alias",
                        "nobody",
                        "--password-stdin"))
                .isEqualTo(ExitCode.FAILED.code());
        assertThat(shell.err()).contains("no private key named nobody");
        Path noJar = Files.writeString(folder.resolve("no.jar"), "no jar");
        assertThat(sign(noJar)).isEqualTo(ExitCode.REFUSED.code());
        assertThat(shell.err()).contains("was not signed: it is not a whole zip file");

        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
        assertThat(noJar).hasContent("no jar");
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void doesNotMakeASignatureThatNobodyWouldTake() throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-alias",
                "old",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=Old",
                "-startdate",
                "-9d",
                "-validity",
                "1");
        byte[] before = Files.readAllBytes(jar);

        shell.typing(PASSWORD);
        assertThat(shell.run("plugin", "sign", jar.toString(), "--keystore", keystore.toString(), "--alias", "old"))
                .isEqualTo(ExitCode.REFUSED.code());

        assertThat(shell.err()).contains("expired on");
        assertThat(Files.readAllBytes(jar)).isEqualTo(before);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void saysWhenTheConfigurationIsBroken() throws IOException {
        trust("perhaps");

        assertThat(shell.run("plugin", "verify", jar.toString())).isEqualTo(ExitCode.BAD_CONFIGURATION.code());
        assertThat(shell.err()).contains("plugins.trust");
    }

    private int sign(Path file, String... more) {
        shell.standardInput(PASSWORD + "\n");
        String[] arguments = Stream.concat(
                        Stream.of(
                                "plugin",
                                "sign",
                                file.toString(),
                                "--keystore",
                                keystore.toString(),
                                "--alias",
                                "acme",
                                "--password-stdin"),
                        Stream.of(more))
                .toArray(String[]::new);
        return shell.run(arguments);
    }

    private void trust(String policy) throws IOException {
        Files.writeString(
                folder.resolve("conf/gatehouse.conf"), "plugins { trust = " + policy + ", trust-store = acme.pem }");
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".signing"))
                    .toList();
        }
    }

    /** The commands of the manual. */
    private void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", keystore.toString(), "-storepass:env", "STOREPASS"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STOREPASS", PASSWORD);
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.flush();
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}

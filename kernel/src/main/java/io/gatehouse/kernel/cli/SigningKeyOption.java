package io.gatehouse.kernel.cli;

import io.gatehouse.sdk.mqtt.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --keystore}, {@code --alias}: the key to sign with. Its password is never an argument. */
final class SigningKeyOption {
    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            required = true,
            description = "The key store with the signing key: PKCS#12 or JKS")
    private Path keystore = Path.of("");

    @Option(
            names = "--alias",
            paramLabel = "NAME",
            required = true,
            description = "The name of the key in the key store")
    private String alias = "";

    @Option(
            names = "--password-stdin",
            description = "Reads the password of the key store from standard input: its first line."
                    + " Otherwise it is asked for on the terminal.")
    private boolean stdin;

    KeyStore.PrivateKeyEntry key(Shell shell) throws CliFailure {
        if (!Files.isRegularFile(keystore)) {
            throw new CliFailure(
                    ExitCode.FAILED, "there is no key store " + keystore + ": create one with keytool -genkeypair");
        }
        Secret password = stdin
                ? PasswordOption.firstLine(shell.in(), "standard input")
                : Secret.ofUtf8(shell.terminal().askSecret("Password of " + keystore));
        return load(password.asUtf8().toCharArray())
                .orElseThrow(() -> new CliFailure(
                        ExitCode.FAILED,
                        "the key store " + keystore + " has no private key named " + alias
                                + ": list its keys with keytool -list -keystore " + keystore));
    }

    private Optional<KeyStore.PrivateKeyEntry> load(char[] password) throws CliFailure {
        try {
            KeyStore store = KeyStore.getInstance(keystore.toFile(), password);
            KeyStore.@Nullable Entry entry =
                    store.isKeyEntry(alias) ? store.getEntry(alias, new KeyStore.PasswordProtection(password)) : null;
            return entry instanceof KeyStore.PrivateKeyEntry key ? Optional.of(key) : Optional.empty();
        } catch (IOException | GeneralSecurityException e) {
            throw new CliFailure(
                    ExitCode.REFUSED,
                    "the key store " + keystore + " cannot be opened (" + e.getMessage()
                            + "): look at the password, and whether it is PKCS#12 or JKS");
        }
    }
}

package io.gatehouse.kernel.cli;

import io.gatehouse.sdk.mqtt.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * Where a new password comes from: asked twice on the terminal, read from standard input, or generated. Never from an argument, which every
 * user of the machine can read in the list of processes.
 */
final class PasswordOption {
    /** 24 characters of Base64: 144 bits. */
    private static final int GENERATED_BYTES = 18;

    /** More than any password; a file given by mistake is not read to its end. */
    private static final int MAX_BYTES = 16 * 1024;

    @ArgGroup
    private Choice choice = new Choice();

    /** At most one of them. */
    static final class Choice {
        @Option(names = "--password-stdin", description = "Reads the password from standard input: its first line.")
        private boolean stdin;

        @Option(names = "--generate", description = "Generates a strong password and prints it, once.")
        private boolean generate;
    }

    /** Says what was done, with the password when it was generated: this is the only time it can be seen. */
    void report(Shell shell, OutputOption output, String name, Secret password, String sentence) {
        if (choice.generate) {
            String text = password.asUtf8();
            output.print(shell, Map.of("name", name, "password", text), () -> List.of(sentence, "Password: " + text));
        } else {
            output.print(shell, Map.of("name", name), () -> List.of(sentence));
        }
    }

    Secret password(Shell shell) throws CliFailure {
        if (choice.generate) {
            return generate();
        }
        if (choice.stdin) {
            return firstLine(shell.in(), "standard input");
        }
        Secret password = Secret.ofUtf8(shell.terminal().askSecret("Password"));
        if (!password.equals(Secret.ofUtf8(shell.terminal().askSecret("The same again")))) {
            throw new CliFailure(ExitCode.USAGE, "the two passwords differ: nothing was changed");
        }
        return notEmpty(password);
    }

    private static Secret generate() {
        byte[] random = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(random);
        return Secret.ofUtf8(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** The first line of what is named, without its end. */
    static Secret firstLine(InputStream in, String name) throws CliFailure {
        byte[] bytes;
        try {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw new CliFailure(ExitCode.FAILED, name + " cannot be read: " + unreadable.getMessage());
        }
        int end = 0;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        if (end > MAX_BYTES) {
            throw new CliFailure(ExitCode.USAGE, "the first line of " + name + " is longer than a password may be");
        }
        return notEmpty(Secret.copyOf(Arrays.copyOf(bytes, end)));
    }

    private static Secret notEmpty(Secret password) throws CliFailure {
        if (password.length() == 0) {
            throw new CliFailure(ExitCode.USAGE, "the password is empty: nothing was changed");
        }
        return password;
    }
}

package io.gatehouse.kernel.cli;

import io.gatehouse.kernel.bench.TlsSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How TLS is spoken. */
final class TlsOptions {
    @Option(
            names = "--tls",
            description =
                    "Speaks TLS, and checks the broker's certificate and host name. Implied by the options below.")
    private boolean tls;

    @Option(
            names = "--cafile",
            paramLabel = "FILE",
            description = "Certificates to trust, in PEM. Default: those of the Java installation")
    private @Nullable Path caFile;

    @Option(names = "--cert", paramLabel = "FILE", description = "The clients' own certificate chain, in PEM.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "Its private key, in PEM (PKCS#8, not encrypted).")
    private @Nullable Path key;

    @Option(
            names = "--insecure",
            description = "Accepts every certificate, for every host name: only where nobody can listen.")
    private boolean insecure;

    @Option(
            names = "--sni",
            paramLabel = "NAME",
            description = "The host name to ask for and to look for in the certificate. Default: that of --host")
    private @Nullable String serverName;

    @Option(
            names = "--tls-version",
            paramLabel = "VERSION",
            description = "1.2 or 1.3; may be repeated. Default: what Java permits")
    private List<String> versions = new ArrayList<>();

    /** Empty for plain TCP. */
    Optional<TlsSettings> settings() throws CliFailure {
        boolean wanted = tls
                || insecure
                || caFile != null
                || certificate != null
                || key != null
                || serverName != null
                || !versions.isEmpty();
        if (!wanted) {
            return Optional.empty();
        }
        if ((certificate == null) != (key == null)) {
            throw new CliFailure(ExitCode.USAGE, "--cert and --key belong together: give both or neither");
        }
        List<String> protocols = new ArrayList<>();
        for (String version : versions) {
            protocols.add(protocol(version));
        }
        return Optional.of(new TlsSettings(caFile, certificate, key, insecure, serverName, protocols));
    }

    private static String protocol(String version) throws CliFailure {
        return switch (version) {
            case "1.2" -> "TLSv1.2";
            case "1.3" -> "TLSv1.3";
            default -> throw new CliFailure(ExitCode.USAGE, "--tls-version is 1.2 or 1.3, not " + version);
        };
    }
}

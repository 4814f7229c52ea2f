package io.gatehouse.kernel.bench;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the clients speak TLS.
 *
 * @param caFile PEM certificates to trust; null for those of the Java installation
 * @param certificate the clients' own chain in PEM, with {@code key} in PKCS#8 PEM; both or neither
 * @param insecure accepts every certificate for every host name
 * @param serverName asked for with SNI and looked for in the certificate; null for the host of the target
 * @param protocols such as {@code TLSv1.3}; empty for what Java permits
 */
public record TlsSettings(
        @Nullable Path caFile,
        @Nullable Path certificate,
        @Nullable Path key,
        boolean insecure,
        @Nullable String serverName,
        List<String> protocols) {
    public TlsSettings {
        protocols = List.copyOf(protocols);
    }
}

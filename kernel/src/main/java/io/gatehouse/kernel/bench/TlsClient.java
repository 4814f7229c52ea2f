package io.gatehouse.kernel.bench;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the TLS end of a connection. Checks certificate and host name unless it was told not to. */
final class TlsClient {
    private final SslContext context;
    private final String serverName;
    private final int port;

    private TlsClient(SslContext context, String serverName, int port) {
        this.context = context;
        this.serverName = serverName;
        this.port = port;
    }

    /** Reads the files. */
    static TlsClient of(TlsSettings settings, String host, int port) throws BenchFailure {
        String name = settings.serverName();
        return new TlsClient(context(settings), name != null ? name : host, port);
    }

    SslHandler handler(Channel channel) {
        return context.newHandler(channel.alloc(), serverName, port);
    }

    private static SslContext context(TlsSettings settings) throws BenchFailure {
        SslContextBuilder builder = SslContextBuilder.forClient();
        if (settings.insecure()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm("");
        } else {
            builder.endpointIdentificationAlgorithm("HTTPS");
            trust(builder, settings.caFile());
        }
        identify(builder, settings.certificate(), settings.key());
        if (!settings.protocols().isEmpty()) {
            builder.protocols(settings.protocols());
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new BenchFailure("TLS cannot be prepared: " + e.getMessage());
        }
    }

    private static void trust(SslContextBuilder builder, @Nullable Path caFile) throws BenchFailure {
        if (caFile == null) {
            return;
        }
        requireReadable(caFile, "--cafile");
        try {
            builder.trustManager(caFile.toFile());
        } catch (IllegalArgumentException e) {
            throw new BenchFailure("--cafile: " + caFile + " holds no certificates in PEM (" + e.getMessage() + ")");
        }
    }

    private static void identify(SslContextBuilder builder, @Nullable Path certificate, @Nullable Path key)
            throws BenchFailure {
        if (certificate == null || key == null) {
            return;
        }
        requireReadable(certificate, "--cert");
        requireReadable(key, "--key");
        try {
            builder.keyManager(certificate.toFile(), key.toFile());
        } catch (IllegalArgumentException e) {
            throw new BenchFailure("--cert and --key: " + certificate + " and " + key
                    + " are no certificate chain and unencrypted PKCS#8 key in PEM (" + e.getMessage()
                    + "); openssl pkcs8 -topk8 -nodes converts a key");
        }
    }

    private static void requireReadable(Path file, String option) throws BenchFailure {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new BenchFailure(option + ": there is no file " + file + " that can be read");
        }
    }
}

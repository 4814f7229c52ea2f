package io.gatehouse.kernel.admission.signature;

import io.gatehouse.kernel.admission.jar.RefusedJar;
import io.gatehouse.sdk.mqtt.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that may sign, or whose holders may say who may.
 *
 * @param file where they come from, for messages
 */
public record TrustStore(Path file, Set<X509Certificate> certificates) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_CERTIFICATES = 1_000;
    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final String SETTING = "plugins.trust-store";

    public TrustStore {
        certificates = Set.copyOf(certificates);
    }

    /**
     * Reads PEM or PKCS#12, whichever it is. Blocks.
     *
     * @throws RefusedJar when the file cannot be used: then nobody is trusted
     */
    public static TrustStore read(Path file, Optional<Secret> password) throws RefusedJar {
        try {
            byte[] bytes = bytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            List<X509Certificate> found = text.contains("-----BEGIN ") ? pem(file, text) : pkcs12(bytes, password);
            if (found.isEmpty() || found.size() > MAX_CERTIFICATES) {
                throw unusable(
                        file,
                        "it holds " + (found.isEmpty() ? "no" : "too many")
                                + " certificates: put 1 to " + MAX_CERTIFICATES
                                + " into it; for PKCS#12 import each with keytool -importcert and set plugins.trust-store-password");
            }
            return new TrustStore(file, Set.copyOf(found));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw unusable(
                    file,
                    "it cannot be read (" + e.getMessage() + "): correct the file, or plugins.trust-store-password");
        }
    }

    boolean contains(X509Certificate certificate) {
        return certificates.contains(certificate);
    }

    private static byte[] bytes(Path file) throws IOException, RefusedJar {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw unusable(file, "it is larger than 1 MiB: keep only the certificates that are needed");
            }
            return bytes;
        }
    }

    private static List<X509Certificate> pem(Path file, String text) throws GeneralSecurityException, RefusedJar {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = PEM_BLOCK.matcher(text);
        while (block.find()) {
            if (!block.group(1).equals("CERTIFICATE")) {
                throw unusable(
                        file,
                        "it holds something else than certificates (" + block.group(1)
                                + "): keep private keys elsewhere");
            }
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            found.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return found;
    }

    private static List<X509Certificate> pkcs12(byte[] bytes, Optional<Secret> password)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        char @Nullable [] secret = password.map(p -> p.asUtf8().toCharArray()).orElse(null);
        store.load(new ByteArrayInputStream(bytes), secret);
        List<X509Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            // The certificate beside a private key is somebody's own, and not meant to be trusted.
            if (store.isCertificateEntry(alias) && store.getCertificate(alias) instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        }
        return found;
    }

    private static RefusedJar unusable(Path file, String why) {
        return new RefusedJar("nobody can be trusted, because " + SETTING + " names " + file + ", and " + why);
    }
}

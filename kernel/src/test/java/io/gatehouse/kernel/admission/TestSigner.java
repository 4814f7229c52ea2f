package io.gatehouse.kernel.admission;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/**
 * Somebody with a key and certificates.
 *
 * @param chain the own certificate first
 */
record TestSigner(String name, PrivateKey key, List<X509Certificate> chain) {
    X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Signs a jar, as {@code jarsigner} would. */
    Path sign(Path jar) {
        return sign(jar, "SHA-256");
    }

    /** Signs a jar with checksums of this algorithm. */
    Path sign(Path jar, String digest) {
        Path signed = jar.resolveSibling(name.replace(' ', '-') + "-" + jar.getFileName());
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(key, CertificateFactory.getInstance("X.509").generateCertPath(chain))
                    .digestAlgorithm(digest)
                    .signerName(name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                    .build()
                    .sign(in, out);
            return signed;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(certificate().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes the certificate alone. */
    Path pem(Path file) {
        try {
            return Files.writeString(file, "# " + name + "\n" + pem(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a PKCS#12 file, with the key or with the certificate alone. */
    Path pkcs12(Path file, String password, boolean withKey) {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            if (withKey) {
                store.setKeyEntry("signer", key, password.toCharArray(), chain.toArray(Certificate[]::new));
            } else {
                store.setCertificateEntry("signer", certificate());
            }
            store.store(out, password.toCharArray());
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}

package io.gatehouse.kernel.admission.signature;

import io.gatehouse.kernel.admission.jar.JarScanner;
import io.gatehouse.kernel.admission.jar.RefusedJar;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.GeneralSecurityException;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;
import jdk.security.jarsigner.JarSignerException;

/** Signs jars. */
public final class JarSigning {
    private static final String MODULE = "jdk.jartool";
    private static final int MAX_SIGNER_NAME = 8;

    private JarSigning() {}

    /**
     * Writes a signed jar. It is looked at as a broker that trusts the signer would, and takes its place in one step; until then nothing is
     * where it shall be. Blocks.
     *
     * @param jar may be the target itself
     * @return the name of the signer
     * @throws RefusedJar when the jar cannot be signed, or no broker would take the signature
     */
    public static String sign(Path jar, PrivateKeyEntry key, Path target, Instant now) throws IOException, RefusedJar {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            throw new RefusedJar("this Java cannot sign, because it has no module " + MODULE
                    + ": run the command with a JDK instead of a JRE, for example with GATEHOUSE_JAVA");
        }
        JarScanner.scan(jar);
        Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
        Path unfinished = Files.createTempFile(folder, ".", ".signing");
        try {
            write(jar, key, unfinished);
            TrustStore self = new TrustStore(target, Set.of((X509Certificate) key.getCertificate()));
            String signer = new Signatures(self, now).signer(JarScanner.scan(unfinished));
            copyPermissions(jar, unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            return signer;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static void write(Path jar, PrivateKeyEntry key, Path unfinished) throws IOException, RefusedJar {
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(unfinished)) {
            new JarSigner.Builder(
                            key.getPrivateKey(),
                            CertificateFactory.getInstance("X.509")
                                    .generateCertPath(Arrays.asList(key.getCertificateChain())))
                    .digestAlgorithm("SHA-256")
                    .signerName(fileName((X509Certificate) key.getCertificate()))
                    .build()
                    .sign(in, out);
        } catch (GeneralSecurityException | JarSignerException | IllegalArgumentException e) {
            throw new RefusedJar(
                    "it cannot be signed with this key (" + e.getMessage() + "): use an RSA, EC or EdDSA key");
        }
    }

    /** What the signature's files in the jar are called: two signers of one jar must not share it. */
    private static String fileName(X509Certificate certificate) {
        String hash = Integer.toHexString(certificate.hashCode()).toUpperCase(Locale.ROOT);
        return hash.substring(0, Math.min(hash.length(), MAX_SIGNER_NAME));
    }

    private static void copyPermissions(Path from, Path to) throws IOException {
        if (Files.getFileAttributeView(from, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
        }
    }
}

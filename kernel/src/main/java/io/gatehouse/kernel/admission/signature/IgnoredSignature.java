package io.gatehouse.kernel.admission.signature;

import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Java treats a jar as unsigned when it does not like the signature, and does not say why. This looks for the reason. */
final class IgnoredSignature {
    private static final String OTHERWISE = "its signature is broken, or of a kind that is not accepted any more"
            + " (SHA-1, MD5, a short key): sign it again with SHA-256 and a key of 2048 bits or more";

    private IgnoredSignature() {}

    /** Why none of these signatures counts, for an operator. */
    static String why(Collection<byte[]> blocks) {
        for (byte[] block : blocks) {
            for (X509Certificate certificate : certificates(block)) {
                boolean leaf = certificate.getBasicConstraints() < 0;
                String who = SignerName.of(certificate);
                Optional<String> weak = WeakCrypto.certificate(certificate, false);
                if (weak.isPresent()) {
                    return "the certificate " + who + " of its signature " + weak.get()
                            + ": sign it with a stronger one";
                }
                if (leaf && !KeyPurpose.allowsCodeSigning(certificate)) {
                    return SignerCheck.notForCode(who);
                }
            }
        }
        return OTHERWISE;
    }

    private static List<X509Certificate> certificates(byte[] block) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(block))) {
                if (certificate instanceof X509Certificate x509) {
                    found.add(x509);
                }
            }
        } catch (CertificateException e) {
            // Then it is broken, which is what is said of it.
        }
        return found;
    }
}

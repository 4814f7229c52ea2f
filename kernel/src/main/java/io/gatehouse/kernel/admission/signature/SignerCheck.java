package io.gatehouse.kernel.admission.signature;

import io.gatehouse.kernel.admission.jar.RefusedJar;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether a signer counts: all its certificates hold now, are strong, are for code, and lead to one that is trusted. When it signed is not
 * asked, because only a timestamp authority could say: with an expired certificate nothing is signed.
 */
record SignerCheck(TrustStore trust, Instant now) {
    /**
     * The name of a signer that counts.
     *
     * @param chain its own certificate first
     */
    String name(List<X509Certificate> chain) throws RefusedJar {
        X509Certificate signer = chain.getFirst();
        String name = SignerName.of(signer);
        for (X509Certificate certificate : chain) {
            checkDates(certificate);
            Optional<String> weak = WeakCrypto.certificate(certificate, trust.contains(certificate));
            if (weak.isPresent()) {
                throw new RefusedJar("the certificate " + SignerName.of(certificate) + " of its signature " + weak.get()
                        + ": sign it with a stronger one");
            }
        }
        if (!KeyPurpose.allowsCodeSigning(signer)) {
            throw new RefusedJar(notForCode(name));
        }
        checkDates(new TrustPath(trust, now).anchor(chain));
        return name;
    }

    static String notForCode(String signer) {
        return "its signer " + signer
                + " has a certificate that is not for signing code: use one with the key usage digitalSignature, and codeSigning";
    }

    private void checkDates(X509Certificate certificate) throws RefusedJar {
        Instant first = certificate.getNotBefore().toInstant();
        Instant last = certificate.getNotAfter().toInstant();
        if (now.isAfter(last)) {
            throw new RefusedJar("the certificate " + SignerName.of(certificate) + " of its signature expired on "
                    + last + ": sign it again with one that is valid; timestamps are not supported");
        }
        if (now.isBefore(first)) {
            throw new RefusedJar(
                    "the certificate " + SignerName.of(certificate) + " of its signature is not valid before " + first
                            + ": wait until then, or look at the clock of this machine");
        }
    }
}

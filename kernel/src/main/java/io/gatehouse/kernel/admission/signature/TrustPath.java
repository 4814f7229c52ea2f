package io.gatehouse.kernel.admission.signature;

import io.gatehouse.kernel.admission.jar.RefusedJar;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Follows a chain of certificates to one that is trusted (RFC 5280, 6). Revocation is not asked: it would need the network. */
record TrustPath(TrustStore trust, Instant now) {
    private static final int KEY_CERT_SIGN = 5;

    /**
     * The trusted certificate to which the chain leads.
     *
     * @param chain the signer's own certificate first
     */
    X509Certificate anchor(List<X509Certificate> chain) throws RefusedJar {
        for (int i = 0; i < chain.size(); i++) {
            X509Certificate certificate = chain.get(i);
            if (trust.contains(certificate) && (i == 0 || mayIssue(certificate))) {
                return i == 0 ? certificate : follow(chain.subList(0, i), Set.of(certificate));
            }
        }
        return follow(chain, trust.certificates());
    }

    /** Whether it is an authority. Java takes every trusted certificate for one, also that of somebody who may only sign. */
    private static boolean mayIssue(X509Certificate certificate) {
        boolean @Nullable [] usage = certificate.getKeyUsage();
        return certificate.getBasicConstraints() >= 0 && (usage == null || usage[KEY_CERT_SIGN]);
    }

    private X509Certificate follow(List<X509Certificate> chain, Set<X509Certificate> anchors) throws RefusedJar {
        String signer = SignerName.of(chain.getFirst());
        Set<TrustAnchor> authorities = anchors.stream()
                .filter(TrustPath::mayIssue)
                .map(anchor -> new TrustAnchor(anchor, null))
                .collect(Collectors.toUnmodifiableSet());
        if (authorities.isEmpty()) {
            throw unknown(signer);
        }
        try {
            PKIXParameters parameters = new PKIXParameters(authorities);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            PKIXCertPathValidatorResult result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(chain), parameters);
            @Nullable X509Certificate anchor = result.getTrustAnchor().getTrustedCert();
            return withinDepth(Objects.requireNonNull(anchor), chain);
        } catch (CertPathValidatorException e) {
            throw e.getReason() == PKIXReason.NO_TRUST_ANCHOR ? unknown(signer) : unsound(signer, e);
        } catch (GeneralSecurityException e) {
            throw unsound(signer, e);
        }
    }

    /** Java does not ask the trusted certificate how many authorities may stand below it. */
    private static X509Certificate withinDepth(X509Certificate anchor, List<X509Certificate> chain)
            throws CertPathValidatorException {
        long below = chain.stream()
                .skip(1)
                .filter(certificate ->
                        !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .count();
        if (below > anchor.getBasicConstraints()) {
            throw new CertPathValidatorException(
                    "more authorities in between than " + SignerName.of(anchor) + " allows");
        }
        return anchor;
    }

    private RefusedJar unknown(String signer) {
        return new RefusedJar(
                "its signer " + signer + " is not trusted: when it should be, put its certificate, or that of"
                        + " who issued it, into plugins.trust-store, " + trust.file());
    }

    private static RefusedJar unsound(String signer, GeneralSecurityException why) {
        return new RefusedJar("the certificates of its signer " + signer + " do not fit together (" + why.getMessage()
                + "): ask the author for a jar that is signed with a complete chain");
    }
}

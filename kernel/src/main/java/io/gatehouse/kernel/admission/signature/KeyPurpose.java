package io.gatehouse.kernel.admission.signature;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a certificate is for (RFC 5280, 4.2.1.3 and 4.2.1.12). */
final class KeyPurpose {
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY = "2.5.29.37.0";

    private KeyPurpose() {}

    /** Whether code may be signed with it; a certificate that does not say what it is for is for everything. */
    static boolean allowsCodeSigning(X509Certificate certificate) {
        boolean @Nullable [] usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            return false;
        }
        try {
            @Nullable List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(CODE_SIGNING) || purposes.contains(ANY);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}

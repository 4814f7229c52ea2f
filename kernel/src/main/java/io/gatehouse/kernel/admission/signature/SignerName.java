package io.gatehouse.kernel.admission.signature;

import java.security.cert.X509Certificate;

/** Certificates in messages. */
final class SignerName {
    private static final int MAX_SHOWN = 120;

    private SignerName() {}

    /** The subject, such as {@code CN=Acme}, shortened and without what could steer a terminal. */
    static String of(X509Certificate certificate) {
        String name = certificate.getSubjectX500Principal().getName().replaceAll("[\\p{C}]", "?");
        return name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "..." : name;
    }
}

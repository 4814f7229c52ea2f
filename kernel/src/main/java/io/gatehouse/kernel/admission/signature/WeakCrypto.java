package io.gatehouse.kernel.admission.signature;

import java.security.Key;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** Algorithms and keys that somebody may be able to forge; whatever the Java installation thinks of them. */
final class WeakCrypto {
    private static final int MIN_RSA_BITS = 2048;
    private static final int MIN_EC_BITS = 256;
    private static final String DIGEST = "-DIGEST";
    private static final List<String> WEAK_DIGESTS = List.of("MD2", "MD5", "SHA", "SHA1", "SHA-1");

    private WeakCrypto() {}

    /** A weak checksum that the manifest relies on. */
    static Optional<String> digest(Manifest manifest) {
        return manifest.getEntries().values().stream()
                .flatMap(section -> section.keySet().stream())
                .map(name -> name.toString().toUpperCase(Locale.ROOT))
                .filter(name -> name.endsWith(DIGEST))
                .map(name -> name.substring(0, name.length() - DIGEST.length()))
                .filter(WEAK_DIGESTS::contains)
                .findFirst();
    }

    /** Whether a section of the manifest is about the content of an entry, and not only a description. */
    static boolean hasDigest(Map.Entry<String, Attributes> section) {
        return section.getValue().keySet().stream()
                .anyMatch(name -> name.toString().toUpperCase(Locale.ROOT).endsWith(DIGEST));
    }

    /** What is weak about a certificate; its own signature does not matter where it is trusted itself. */
    static Optional<String> certificate(X509Certificate certificate, boolean trusted) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (!trusted && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
            return Optional.of("is signed with " + certificate.getSigAlgName());
        }
        PublicKey key = certificate.getPublicKey();
        int bits = bits(key);
        int enough = key instanceof ECKey ? MIN_EC_BITS : MIN_RSA_BITS;
        return bits < enough
                ? Optional.of("has a key of " + bits + " bits, and at least " + enough + " are needed")
                : Optional.empty();
    }

    /** The length of a key; of those that come in strong lengths only, enough. */
    private static int bits(Key key) {
        return switch (key) {
            case RSAKey rsa -> rsa.getModulus().bitLength();
            case DSAKey dsa ->
                dsa.getParams() == null ? 0 : dsa.getParams().getP().bitLength();
            case ECKey ec -> ec.getParams().getCurve().getField().getFieldSize();
            default -> Integer.MAX_VALUE;
        };
    }
}

package io.gatehouse.kernel.admission;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * What certificates of a test look like: a good signing certificate, unless a test says otherwise. Immutable.
 *
 * @param from the beginning of its validity, seen from now
 * @param to the end of its validity, seen from now
 */
record Certificates(
        String name,
        Optional<TestSigner> issuer,
        boolean authority,
        String keyAlgorithm,
        int bits,
        String signature,
        Duration from,
        Duration to,
        Optional<Integer> usage,
        Optional<KeyPurposeId> purpose,
        OptionalInt depth) {
    private static final Duration BEGUN = Duration.ofDays(-2);
    private static final Duration END = Duration.ofDays(30);

    static Certificates of(String name) {
        return new Certificates(
                name,
                Optional.empty(),
                false,
                "RSA",
                2048,
                "SHA256withRSA",
                BEGUN,
                END,
                Optional.of(KeyUsage.digitalSignature),
                Optional.of(KeyPurposeId.id_kp_codeSigning),
                OptionalInt.empty());
    }

    /** One that may issue others. */
    static Certificates authority(String name) {
        return new Certificates(
                name,
                Optional.empty(),
                true,
                "RSA",
                2048,
                "SHA256withRSA",
                BEGUN,
                END,
                Optional.of(KeyUsage.keyCertSign),
                Optional.empty(),
                OptionalInt.empty());
    }

    Certificates by(TestSigner other) {
        return new Certificates(
                name, Optional.of(other), authority, keyAlgorithm, bits, signature, from, to, usage, purpose, depth);
    }

    Certificates key(String algorithm, int length, String signatureAlgorithm) {
        return new Certificates(
                name, issuer, authority, algorithm, length, signatureAlgorithm, from, to, usage, purpose, depth);
    }

    Certificates valid(Duration begin, Duration end) {
        return new Certificates(
                name, issuer, authority, keyAlgorithm, bits, signature, begin, end, usage, purpose, depth);
    }

    Certificates uses(Optional<Integer> keyUsage, Optional<KeyPurposeId> keyPurpose) {
        return new Certificates(
                name, issuer, authority, keyAlgorithm, bits, signature, from, to, keyUsage, keyPurpose, depth);
    }

    /** How many authorities may stand below. */
    Certificates depth(int authorities) {
        return new Certificates(
                name,
                issuer,
                authority,
                keyAlgorithm,
                bits,
                signature,
                from,
                to,
                usage,
                purpose,
                OptionalInt.of(authorities));
    }

    TestSigner make() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(keyAlgorithm);
            generator.initialize(bits);
            KeyPair keys = generator.generateKeyPair();
            X500Principal subject = new X500Principal("CN=" + name);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer.map(by -> by.certificate().getSubjectX500Principal()).orElse(subject),
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(Instant.now().plus(from)),
                    Date.from(Instant.now().plus(to)),
                    subject,
                    keys.getPublic());
            extend(builder);
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder(issuer.isPresent() ? "SHA256withRSA" : signature)
                                    .build(issuer.map(TestSigner::key).orElse(keys.getPrivate()))));
            List<X509Certificate> chain = Stream.concat(
                            Stream.of(Objects.requireNonNull(certificate)),
                            issuer.stream().flatMap(by -> by.chain().stream()))
                    .toList();
            return new TestSigner(name, keys.getPrivate(), chain);
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new AssertionError(e);
        }
    }

    private void extend(X509v3CertificateBuilder builder) throws CertIOException {
        builder.addExtension(
                Extension.basicConstraints,
                true,
                depth.isPresent() ? new BasicConstraints(depth.getAsInt()) : new BasicConstraints(authority));
        if (usage.isPresent()) {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage.get()));
        }
        if (purpose.isPresent()) {
            builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose.get()));
        }
    }
}

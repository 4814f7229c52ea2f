package io.gatehouse.kernel.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, and a certificate that it issued for one host name, as PEM files and as Java has them. */
final class TestCertificates {
    private static final char[] PASSWORD = "for a test".toCharArray();

    private final Path folder;
    private final KeyStore keys;
    private final KeyStore trusted;

    private TestCertificates(Path folder, KeyStore keys, KeyStore trusted) {
        this.folder = folder;
        this.keys = keys;
        this.trusted = trusted;
    }

    static TestCertificates in(Path folder, String host)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        Files.createDirectories(folder);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair authorityKeys = generator.generateKeyPair();
        KeyPair serverKeys = generator.generateKeyPair();
        X500Principal authorityName = new X500Principal("CN=Authority of " + folder.getFileName());
        X509v3CertificateBuilder forAuthority = builder(authorityName, authorityName, authorityKeys);
        forAuthority.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        X509v3CertificateBuilder forServer = builder(authorityName, new X500Principal("CN=server"), serverKeys);
        forServer.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        X509Certificate authority = signed(forAuthority, authorityKeys);
        X509Certificate server = signed(forServer, authorityKeys);
        write(folder.resolve("authority.pem"), authority);
        write(folder.resolve("server.pem"), server);
        write(folder.resolve("server.key"), new JcaPKCS8Generator(serverKeys.getPrivate(), null));
        KeyStore keys = store();
        keys.setKeyEntry("server", serverKeys.getPrivate(), PASSWORD, new Certificate[] {server, authority});
        KeyStore trusted = store();
        trusted.setCertificateEntry("authority", authority);
        return new TestCertificates(folder, keys, trusted);
    }

    private static KeyStore store() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static X509v3CertificateBuilder builder(X500Principal issuer, X500Principal subject, KeyPair keys) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                BigInteger.valueOf(System.nanoTime()),
                Date.from(Instant.now().minus(Duration.ofDays(1))),
                Date.from(Instant.now().plus(Duration.ofDays(1))),
                subject,
                keys.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair issuer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
    }

    private static void write(Path file, Object what) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(what);
        }
        Files.writeString(file, text.toString());
    }

    String authority() {
        return folder.resolve("authority.pem").toString();
    }

    String certificate() {
        return folder.resolve("server.pem").toString();
    }

    String key() {
        return folder.resolve("server.key").toString();
    }

    /** Shows the certificate, and trusts what the authority issued. */
    SSLContext context() throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }
}

package io.gatehouse.kernel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.TrustConfig;
import io.gatehouse.sdk.mqtt.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code plugins.trust = signed}: jars with real signatures, good and bad. */
class SignedAdmissionTest {
    private static final TestSigner AUTHORITY = Certificates.authority("House").make();
    private static final TestSigner ACME = Certificates.of("Acme").by(AUTHORITY).make();

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"RSA,2048,SHA256withRSA", "EC,256,SHA256withECDSA", "Ed25519,255,Ed25519"})
    void admitsWhatATrustedAuthoritysClientSigned(String algorithm, int bits, String signature) {
        TestSigner signer = Certificates.of("Acme")
                .key(algorithm, bits, signature)
                .by(AUTHORITY)
                .make();

        assertThat(judge(signer.sign(jar()), AUTHORITY))
                .isInstanceOfSatisfying(
                        AdmissionResult.Admitted.class,
                        admitted -> assertThat(admitted.signer()).contains("CN=Acme"));
    }

    @Test
    void admitsASignerWhoIsTrustedHimself() {
        TestSigner alone = Certificates.of("Alone").make();

        assertThat(judge(alone.sign(jar()), alone)).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void followsAChainOverAnAuthorityInBetween() {
        TestSigner between = Certificates.authority("Between").by(AUTHORITY).make();
        TestSigner leaf = Certificates.of("Leaf").by(between).make();

        assertThat(judge(leaf.sign(jar()), AUTHORITY)).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void admitsWhatASecondSignerSignedToo() {
        TestSigner stranger = Certificates.of("Stranger").make();

        assertThat(judge(ACME.sign(stranger.sign(jar())), AUTHORITY)).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void refusesAnUnsignedJar() {
        assertThat(refusal(jar())).startsWith("it is not signed").contains("gatehouse plugin sign");
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme/Gate.class", "META-INF/MANIFEST.MF", "META-INF/ACME.SF"})
    void refusesAJarThatWasChanged(String entry) {
        Path tampered = TestJar.of(ACME.sign(jar())).changed(entry).into(folder);

        assertThat(refusal(tampered)).doesNotStartWith("it is not signed");
    }

    @Test
    void saysThatAJarWasChangedWhoeverIsTrusted() {
        Path tampered = TestJar.of(ACME.sign(jar())).changed("acme/Gate.class").into(folder);
        Admission anybody = new Admission(
                new TrustConfig(PluginTrust.ANY, Optional.empty(), Optional.empty(), Set.of()), InstantSource.system());

        assertThat(anybody.judge(tampered))
                .isInstanceOfSatisfying(
                        AdmissionResult.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .startsWith("it was changed after it was signed (acme/Gate.class"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"acme/More.class", "META-INF/versions/25/acme/Gate.class", "lib/inner.jar", "META-INF/SIG-X"})
    void refusesAnEntryThatWasAdded(String entry) {
        Path more = TestJar.of(ACME.sign(jar())).with(entry, "more").into(folder);

        assertThat(refusal(more)).startsWith("it is signed only in part: " + entry);
    }

    @Test
    void refusesAJarOfWhichAnEntryIsGone() {
        Path less = TestJar.of(ACME.sign(jar())).without("acme/words.txt").into(folder);

        assertThat(refusal(less)).startsWith("its entry acme/words.txt was taken out");
    }

    @Test
    void refusesAStranger() {
        assertThat(refusal(Certificates.of("Stranger").make().sign(jar())))
                .startsWith("its signer CN=Stranger is not trusted")
                .contains("plugins.trust-store");
    }

    @Test
    void refusesSomebodyWithTheNameOfATrustedAuthority() {
        TestSigner impostor = Certificates.authority("House").make();
        TestSigner signer = Certificates.of("Acme").by(impostor).make();

        assertThat(refusal(signer.sign(jar()))).contains("CN=Acme");
    }

    @Test
    void refusesWhatSomebodyIssuedWhoMayOnlySign() {
        TestSigner pretender = Certificates.of("Mallory").by(ACME).make();

        assertThat(refusal(pretender.sign(jar()))).contains("CN=Mallory", "do not fit together");
        assertThat(refusal(pretender.sign(jar()), ACME)).startsWith("its signer CN=Mallory is not trusted");
    }

    @Test
    void refusesAnAuthorityBelowOneThatAllowsNone() {
        TestSigner narrow = Certificates.authority("Narrow").depth(0).make();
        TestSigner below = Certificates.authority("Below").by(narrow).make();
        Path jar = Certificates.of("Leaf").by(below).make().sign(jar());

        assertThat(refusal(jar, narrow)).contains("CN=Leaf", "do not fit together");
        assertThat(judge(Certificates.of("Leaf").by(narrow).make().sign(jar()), narrow))
                .isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void refusesAnExpiredCertificate() {
        TestSigner old = Certificates.of("Old")
                .valid(Duration.ofDays(-9), Duration.ofDays(-1))
                .by(AUTHORITY)
                .make();

        assertThat(refusal(old.sign(jar())))
                .startsWith("the certificate CN=Old of its signature expired on")
                .contains("timestamps");
    }

    @Test
    void refusesAnExpiredAuthority() {
        TestSigner old = Certificates.authority("Old")
                .valid(Duration.ofDays(-9), Duration.ofDays(-1))
                .make();
        Path jar = Certificates.of("Young").by(old).make().sign(jar());

        assertThat(refusal(jar, old)).startsWith("the certificate CN=Old of its signature expired on");
    }

    @Test
    void refusesAnExpiredAuthorityThatTheJarDoesNotName() {
        TestSigner old = Certificates.authority("Old")
                .valid(Duration.ofDays(-9), Duration.ofDays(-1))
                .make();
        TestSigner young = Certificates.of("Young").by(old).make();
        TestSigner alone = new TestSigner(young.name(), young.key(), List.of(young.certificate()));

        assertThat(refusal(alone.sign(jar()), old)).startsWith("the certificate CN=Old of its signature expired on");
    }

    @Test
    void doesNotTakeATrustedSignerForAnAuthority() {
        TestSigner mute =
                Certificates.of("Mute").uses(Optional.empty(), Optional.empty()).make();
        Path jar = Certificates.of("Mallory").by(mute).make().sign(jar());

        assertThat(refusal(jar, mute)).startsWith("its signer CN=Mallory is not trusted");
    }

    @Test
    void refusesACertificateThatIsNotValidYet() {
        TestSigner early = Certificates.of("Early")
                .valid(Duration.ofDays(1), Duration.ofDays(9))
                .by(AUTHORITY)
                .make();

        assertThat(refusal(early.sign(jar())))
                .startsWith("the certificate CN=Early of its signature is not valid before");
    }

    @Test
    void refusesACertificateThatIsNotForSigningCode() {
        TestSigner server = Certificates.of("Server")
                .uses(Optional.of(KeyUsage.digitalSignature), Optional.of(KeyPurposeId.id_kp_serverAuth))
                .by(AUTHORITY)
                .make();
        TestSigner cipher = Certificates.of("Cipher")
                .uses(Optional.of(KeyUsage.keyEncipherment), Optional.empty())
                .by(AUTHORITY)
                .make();

        assertThat(refusal(server.sign(jar())))
                .startsWith("its signer CN=Server has a certificate that is not for signing code");
        assertThat(refusal(cipher.sign(jar())))
                .startsWith("its signer CN=Cipher has a certificate that is not for signing code");
    }

    @Test
    void admitsACertificateThatDoesNotSayWhatItIsFor() {
        TestSigner silent = Certificates.of("Silent")
                .uses(Optional.empty(), Optional.empty())
                .by(AUTHORITY)
                .make();

        assertThat(judge(silent.sign(jar()), AUTHORITY)).isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void refusesWeakChecksums() {
        assertThat(refusal(ACME.sign(jar(), "SHA-1"))).startsWith("it is signed with SHA-1 checksums");
    }

    @Test
    void refusesAShortKey() {
        TestSigner weak = Certificates.of("Weak")
                .key("RSA", 1024, "SHA256withRSA")
                .by(AUTHORITY)
                .make();

        assertThat(refusal(weak.sign(jar())))
                .startsWith("the certificate CN=Weak of its signature has a key of 1024 bits");
    }

    @Test
    void refusesAJarOfWhichNobodySignedAll() {
        TestSigner other = Certificates.of("Other").by(AUTHORITY).make();
        Path first = ACME.sign(TestJar.bundle().into(folder));
        Path more = other.sign(TestJar.of(first).with("acme/More.class", "more").into(folder));

        assertThat(judge(more, AUTHORITY)).isInstanceOf(AdmissionResult.Admitted.class);
        assertThat(refusal(more, ACME)).startsWith("its signer CN=Other is not trusted");
    }

    @Test
    void readsATrustStoreOfEitherKindWithSeveralCertificates() throws IOException {
        Path pem = Files.writeString(
                folder.resolve("trust.pem"),
                Certificates.of("Other").make().pem() + "text between\n" + AUTHORITY.pem());
        Path pkcs12 = AUTHORITY.pkcs12(folder.resolve("trust.p12"), "changeit", false);
        Path jar = ACME.sign(jar());

        assertThat(admission(pem, Optional.empty()).judge(jar)).isInstanceOf(AdmissionResult.Admitted.class);
        assertThat(admission(pkcs12, Optional.of(Secret.ofUtf8("changeit"))).judge(jar))
                .isInstanceOf(AdmissionResult.Admitted.class);
    }

    @Test
    void refusesEverybodyWhenTheTrustStoreCannotBeUsed() throws IOException {
        Path jar = ACME.sign(jar());
        Path pkcs12 = AUTHORITY.pkcs12(folder.resolve("trust.p12"), "changeit", false);
        Path keys = AUTHORITY.pkcs12(folder.resolve("keys.p12"), "changeit", true);
        Path key = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThat(sentence(admission(pkcs12, Optional.of(Secret.ofUtf8("wrong-password")))
                        .judge(jar)))
                .startsWith("nobody can be trusted")
                .doesNotContain("wrong-password");
        assertThat(sentence(admission(pkcs12, Optional.empty()).judge(jar))).contains("plugins.trust-store-password");
        assertThat(sentence(
                        admission(keys, Optional.of(Secret.ofUtf8("changeit"))).judge(jar)))
                .contains("it holds no certificates");
        assertThat(sentence(admission(key, Optional.empty()).judge(jar))).contains("keep private keys elsewhere");
        assertThat(sentence(admission(empty, Optional.empty()).judge(jar))).contains("nobody can be trusted");
        assertThat(sentence(admission(folder.resolve("absent.pem"), Optional.empty())
                        .judge(jar)))
                .contains("absent.pem");
    }

    private Path jar() {
        return TestJar.bundle().into(folder);
    }

    private AdmissionResult judge(Path jar, TestSigner trusted) {
        return admission(trusted.pem(folder.resolve("trust.pem")), Optional.empty())
                .judge(jar);
    }

    private static Admission admission(Path trustStore, Optional<Secret> password) {
        return new Admission(
                new TrustConfig(PluginTrust.SIGNED, Optional.of(trustStore), password, Set.of()),
                InstantSource.system());
    }

    private String refusal(Path jar) {
        return refusal(jar, AUTHORITY);
    }

    private String refusal(Path jar, TestSigner trusted) {
        return sentence(judge(jar, trusted));
    }

    private static String sentence(AdmissionResult result) {
        return switch (result) {
            case AdmissionResult.Refused refused -> refused.sentence();
            case AdmissionResult.Admitted admitted -> throw new AssertionError(admitted);
        };
    }
}

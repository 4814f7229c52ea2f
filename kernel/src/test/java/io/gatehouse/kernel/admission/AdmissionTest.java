package io.gatehouse.kernel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.TrustConfig;
import io.gatehouse.kernel.fakes.PluginJar;
import io.gatehouse.sdk.plugin.Capability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a judgement says, whoever is trusted. */
class AdmissionTest {
    @TempDir
    Path folder;

    @Test
    void saysWhatAPluginDeclaredInItsSource() {
        Path jar = new PluginJar("acme.gate")
                .source("Gate", "@Capabilities({Capability.NETWORK, Capability.NATIVE_CODE}) @Exclusive class Gate {}")
                .source(
                        "More",
                        "@Capabilities(Capability.NETWORK) @PublishesTo({\"status/#\", \"a/+/b\"}) class More {}")
                .into(folder);

        assertThat(any().judge(jar))
                .isInstanceOfSatisfying(
                        AdmissionResult.Admitted.class,
                        admitted -> assertThat(admitted.capabilities())
                                .isEqualTo(new Capabilities(
                                        Set.of(Capability.NETWORK, Capability.NATIVE_CODE),
                                        List.of("status/#", "a/+/b"),
                                        true)));
    }

    @Test
    void aPluginThatDeclaresNothingMayDoNothing() {
        Path jar = new PluginJar("acme.gate").source("Gate", "class Gate {}").into(folder);

        assertThat(any().judge(jar)).isInstanceOfSatisfying(AdmissionResult.Admitted.class, admitted -> {
            assertThat(admitted.capabilities()).isEqualTo(Capabilities.NONE);
            assertThat(admitted.signer()).isEmpty();
        });
    }

    @Test
    void refusesACapabilityThatItDoesNotKnow() {
        Path jar =
                TestJar.bundle("Gatehouse-Capabilities: network, time-travel").into(folder);

        assertThat(any().judge(jar))
                .isInstanceOfSatisfying(
                        AdmissionResult.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .startsWith("it declares the capability \"time-travel\""));
    }

    @Test
    void admitsByChecksum() throws IOException, GeneralSecurityException {
        Path jar = TestJar.bundle().into(folder);
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));

        assertThat(listing(sha256).judge(jar))
                .isEqualTo(new AdmissionResult.Admitted(Capabilities.NONE, Optional.empty(), sha256));
        assertThat(listing("00".repeat(32)).judge(jar))
                .isInstanceOfSatisfying(
                        AdmissionResult.Refused.class,
                        refused -> assertThat(refused.sentence())
                                .startsWith("it is not in plugins.allow-list")
                                .contains("sha256:" + sha256));
    }

    @Test
    void namesTheSignerOfAnAdmittedJarOnlyWhenHeIsTrusted() {
        TestSigner acme = Certificates.of("Acme").make();
        TestSigner other = Certificates.of("Other").make();
        Path jar = acme.sign(TestJar.bundle().into(folder));

        assertThat(knowing(acme).report(jar).signer()).contains("CN=Acme");
        assertThat(knowing(other).report(jar).signer()).isEmpty();
        assertThat(knowing(other).report(jar).refusal()).isEmpty();
    }

    @Test
    void reportsWhatItFoundOutAboutAJarThatItRefuses() {
        Path jar = TestJar.bundle("Gatehouse-Capabilities: files").into(folder);

        JarReport report = listing("00".repeat(32)).report(jar);

        assertThat(report.name()).contains("acme.gate");
        assertThat(report.version()).contains("1.2.3");
        assertThat(report.sha256()).isPresent();
        assertThat(report.capabilities()).map(Capabilities::names).contains(List.of("files"));
        assertThat(report.refusal()).isPresent();
    }

    @Test
    void refusesWhatCannotBeRead() {
        assertThat(any().report(folder.resolve("absent.jar")).refusal().orElseThrow())
                .contains("it cannot be read", "absent.jar");
        assertThat(any().report(folder).refusal()).isPresent();
    }

    private static Admission any() {
        return new Admission(
                new TrustConfig(PluginTrust.ANY, Optional.empty(), Optional.empty(), Set.of()), InstantSource.system());
    }

    private Admission knowing(TestSigner signer) {
        Path store = signer.pem(folder.resolve(signer.name() + ".pem"));
        return new Admission(
                new TrustConfig(PluginTrust.ANY, Optional.of(store), Optional.empty(), Set.of()),
                InstantSource.system());
    }

    private static Admission listing(String sha256) {
        return new Admission(
                new TrustConfig(PluginTrust.ALLOW_LISTED, Optional.empty(), Optional.empty(), Set.of(sha256)),
                InstantSource.system());
    }
}

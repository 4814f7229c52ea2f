package io.gatehouse.kernel.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.TrustConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a stranger puts into a manifest or a jar, there is a judgement, and nothing else happens. */
class AdmissionFuzzTest {
    @TempDir
    static Path folder;

    @FuzzTest
    void anyManifestGivesCapabilitiesOrASentence(byte[] text) {
        Manifest manifest = new Manifest();
        try {
            manifest.read(new ByteArrayInputStream(text));
        } catch (IOException | IllegalArgumentException broken) {
            return;
        }

        switch (CapabilityHeaders.read(manifest.getMainAttributes())) {
            case CapabilityHeaders.Result.Good good ->
                assertThat(good.capabilities().publishesTo())
                        .allSatisfy(filter -> assertThat(filter).isPrintable().isNotEmpty());
            case CapabilityHeaders.Result.Bad bad ->
                assertThat(bad.sentence()).isPrintable().hasSizeLessThan(400);
        }
    }

    /** The text is the manifest of a jar of which some bytes are then replaced, as the text itself says. */
    @FuzzTest
    void anyJarGivesAJudgement(byte[] noise) {
        byte[] jar = TestJar.bundle()
                .with("acme/noise", new String(noise, StandardCharsets.ISO_8859_1))
                .bytes();
        for (int i = 0; i + 2 < noise.length; i += 3) {
            int at = (((noise[i] & 0xff) << 8) | (noise[i + 1] & 0xff)) % jar.length;
            jar[at] = noise[i + 2];
        }

        assertThat(judge(jar)).isNotNull();
        assertThat(judge(noise)).isInstanceOf(AdmissionResult.Refused.class);
    }

    private static AdmissionResult judge(byte[] jar) {
        TrustConfig trust = new TrustConfig(PluginTrust.ANY, Optional.empty(), Optional.empty(), Set.of());
        Path file = TestJar.write(folder, jar);
        try {
            return new Admission(trust, InstantSource.system()).judge(file);
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

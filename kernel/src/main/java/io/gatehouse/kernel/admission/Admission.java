package io.gatehouse.kernel.admission;

import io.gatehouse.kernel.admission.jar.JarScan;
import io.gatehouse.kernel.admission.jar.JarScanner;
import io.gatehouse.kernel.admission.jar.RefusedJar;
import io.gatehouse.kernel.admission.signature.Signatures;
import io.gatehouse.kernel.admission.signature.TrustStore;
import io.gatehouse.kernel.config.PluginTrust;
import io.gatehouse.kernel.config.TrustConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.jar.Attributes;

/**
 * Decides which jars may be loaded. The trust store is read for each jar, so that a change of it counts for the next. What cannot be
 * judged is refused.
 */
public final class Admission {
    private final TrustConfig trust;
    private final InstantSource clock;

    /**
     * A judge.
     *
     * @param clock says which certificates are valid
     */
    public Admission(TrustConfig trust, InstantSource clock) {
        this.trust = trust;
        this.clock = clock;
    }

    /**
     * Judges one jar. Any thread; blocks on the file system. Never throws for what the jar holds.
     *
     * @param jar a private copy that nobody changes until it is loaded: what is judged must be what runs
     */
    public AdmissionResult judge(Path jar) {
        JarReport report = report(jar);
        return report.refusal()
                .<AdmissionResult>map(AdmissionResult.Refused::new)
                .orElseGet(() -> new AdmissionResult.Admitted(
                        report.capabilities().orElseThrow(),
                        report.signer(),
                        report.sha256().orElseThrow()));
    }

    /** The same judgement, with everything that was found out on the way. */
    public JarReport report(Path jar) {
        Findings findings = new Findings();
        try {
            look(jar, findings);
            return findings.report;
        } catch (RefusedJar e) {
            return findings.report.refused(e.sentence());
        } catch (IOException e) {
            return findings.report.refused("it cannot be read (" + e + "): copy it again, or look at its permissions");
        } catch (RuntimeException e) {
            // Parsers of the platform answer some broken input with exceptions of their own.
            return findings.report.refused("it cannot be read as a signed jar (" + e + "): build it again");
        }
    }

    private void look(Path jar, Findings findings) throws RefusedJar, IOException {
        JarScanner.checkSize(jar);
        String sha256 = Sha256.of(jar);
        findings.report = findings.report.withDigest(sha256);
        JarScan scan = JarScanner.scan(jar);
        Attributes manifest = scan.manifest().getMainAttributes();
        findings.report = findings.report.withBundle(bundleName(manifest), value(manifest, "Bundle-Version"));
        findings.report = switch (CapabilityHeaders.read(manifest)) {
            case CapabilityHeaders.Result.Good good -> findings.report.withCapabilities(good.capabilities());
            case CapabilityHeaders.Result.Bad bad -> throw new RefusedJar(bad.sentence());
        };
        findings.report = findings.report.withSigner(signer(scan));
        if (trust.policy() == PluginTrust.ALLOW_LISTED && !trust.allowList().contains(sha256)) {
            throw new RefusedJar(
                    "it is not in plugins.allow-list: compare its checksum with what its author says, and then add \"sha256:"
                            + sha256 + "\"");
        }
    }

    /** The trusted signer; none is an error only where one is asked for. */
    private Optional<String> signer(JarScan scan) throws RefusedJar {
        try {
            if (trust.store().isEmpty()) {
                throw new RefusedJar(
                        "it cannot be trusted, because plugins.trust-store is not set: name a file with certificates");
            }
            TrustStore store = TrustStore.read(trust.store().get(), trust.storePassword());
            return Optional.of(new Signatures(store, clock.instant()).signer(scan));
        } catch (RefusedJar e) {
            if (trust.policy() == PluginTrust.SIGNED) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private static Optional<String> bundleName(Attributes manifest) {
        return value(manifest, "Bundle-SymbolicName").map(name -> name.split(";", 2)[0].strip());
    }

    private static Optional<String> value(Attributes manifest, String header) {
        return Optional.ofNullable(manifest.getValue(header)).map(String::strip);
    }

    /** What is known so far, so that a refusal does not take it away. */
    private static final class Findings {
        private JarReport report = JarReport.EMPTY;
    }
}

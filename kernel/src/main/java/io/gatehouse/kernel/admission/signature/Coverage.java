package io.gatehouse.kernel.admission.signature;

import io.gatehouse.kernel.admission.jar.JarScan;
import io.gatehouse.kernel.admission.jar.RefusedJar;
import io.gatehouse.kernel.admission.jar.SignatureFiles;
import java.security.CodeSigner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.stream.Collectors;

/** Finds who signed all of a jar: one and the same must have signed every entry, and none that was signed may be gone. */
record Coverage(JarScan jar) {
    /** Those whose signatures cover everything; at least one. */
    Set<CodeSigner> signers() throws RefusedJar {
        List<JarScan.Entry> content = jar.entries().stream()
                .filter(entry -> !entry.isDirectory() && !SignatureFiles.isPart(entry.name()))
                .toList();
        Optional<String> weak = WeakCrypto.digest(jar.manifest());
        if (!jar.blocks().isEmpty() && weak.isPresent()) {
            throw new RefusedJar(
                    "it is signed with " + weak.get() + " checksums, which can be forged: sign it again with SHA-256");
        }
        if (content.stream().allMatch(entry -> entry.signers().isEmpty())) {
            throw noneCounts();
        }
        nothingIsGone();
        Set<CodeSigner> common = new LinkedHashSet<>(content.getFirst().signers());
        for (JarScan.Entry entry : content) {
            if (entry.signers().isEmpty()) {
                throw new RefusedJar(
                        "it is signed only in part: " + entry.name()
                                + " is not covered, so somebody may have added it: get the jar as it was signed, or sign all of it");
            }
            common.retainAll(entry.signers());
        }
        if (common.isEmpty()) {
            throw new RefusedJar(
                    "its entries are signed by different signers, and nobody signed all of them: sign it again as a whole");
        }
        return common;
    }

    private RefusedJar noneCounts() {
        return jar.blocks().isEmpty()
                ? new RefusedJar("it is not signed, and plugins.trust is signed: sign it with gatehouse plugin sign,"
                        + " or ask its author for a signed one")
                : new RefusedJar(IgnoredSignature.why(jar.blocks().values()));
    }

    private void nothingIsGone() throws RefusedJar {
        Set<String> present = jar.entries().stream().map(JarScan.Entry::name).collect(Collectors.toUnmodifiableSet());
        for (Map.Entry<String, Attributes> section : jar.manifest().getEntries().entrySet()) {
            if (WeakCrypto.hasDigest(section) && !present.contains(section.getKey())) {
                throw new RefusedJar("its entry " + section.getKey()
                        + " was taken out after it was signed: get the jar as it was signed");
            }
        }
    }
}

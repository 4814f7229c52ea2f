package io.gatehouse.kernel.admission;

import java.util.Optional;

/**
 * What is known about a jar; of one that is refused, as much as could be found out.
 *
 * @param name the symbolic name of the bundle
 * @param version of the bundle
 * @param sha256 of the whole jar, 64 digits of lower-case hex
 * @param signer the trusted signer, as an X.500 name
 * @param refusal why it may not be loaded; empty when it may
 */
public record JarReport(
        Optional<String> name,
        Optional<String> version,
        Optional<String> sha256,
        Optional<String> signer,
        Optional<Capabilities> capabilities,
        Optional<String> refusal) {
    static final JarReport EMPTY = new JarReport(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    JarReport withDigest(String found) {
        return new JarReport(name, version, Optional.of(found), signer, capabilities, refusal);
    }

    JarReport withBundle(Optional<String> foundName, Optional<String> foundVersion) {
        return new JarReport(foundName, foundVersion, sha256, signer, capabilities, refusal);
    }

    JarReport withCapabilities(Capabilities found) {
        return new JarReport(name, version, sha256, signer, Optional.of(found), refusal);
    }

    JarReport withSigner(Optional<String> found) {
        return new JarReport(name, version, sha256, found, capabilities, refusal);
    }

    JarReport refused(String sentence) {
        return new JarReport(name, version, sha256, signer, capabilities, Optional.of(sentence));
    }
}

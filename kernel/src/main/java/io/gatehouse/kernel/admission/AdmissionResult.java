package io.gatehouse.kernel.admission;

import java.util.Optional;

/** Whether a jar may be loaded. */
public sealed interface AdmissionResult {
    /**
     * It may.
     *
     * @param signer the trusted signer, as an X.500 name; empty when there is none, or no trust store to tell
     * @param sha256 of the whole jar, 64 digits of lower-case hex
     */
    record Admitted(Capabilities capabilities, Optional<String> signer, String sha256) implements AdmissionResult {}

    /**
     * It may not.
     *
     * @param sentence why, and what to do, for an operator; its subject is the plugin, "it"; without a full stop
     */
    record Refused(String sentence) implements AdmissionResult {}
}

package io.gatehouse.kernel.admission.jar;

import java.security.CodeSigner;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;

/**
 * What one complete reading of a jar found. Signatures were compared with the content, and nothing else is known about them yet.
 *
 * @param entries all of them, in the order of the file
 * @param blocks the signature blocks, such as {@code META-INF/ACME.RSA}
 */
public record JarScan(Manifest manifest, List<Entry> entries, Map<String, byte[]> blocks) {
    public JarScan {
        entries = List.copyOf(entries);
        blocks = Map.copyOf(blocks);
    }

    /**
     * One entry.
     *
     * @param signers whose signature covers it and fits it
     */
    public record Entry(String name, List<CodeSigner> signers) {
        public Entry {
            signers = List.copyOf(signers);
        }

        public boolean isDirectory() {
            return name.endsWith("/");
        }
    }
}

package io.gatehouse.kernel.jars;

import java.nio.file.Path;

/**
 * A plugin's jar as a private copy that nobody changes.
 *
 * @param fileName how it was called in the plugins folder
 * @param sha256 of its bytes, in lower-case hexadecimal
 * @param copy the private copy
 * @param header what it says about itself
 */
public record StoredJar(String fileName, String sha256, Path copy, JarHeader header) {

    /** The plugin's identity across versions. */
    public String symbolicName() {
        return header.symbolicName();
    }

    /** For operators: {@code acme.x 1.2.0 (acme-x.jar)}. */
    @Override
    public String toString() {
        return header.symbolicName() + " " + header.version() + " (" + fileName + ")";
    }
}
